import { z } from 'zod';

// The part of Kubernetes' and Compose's formats that deploy/ uses, without tolerance: an unknown or misspelt field is a
// problem. Sources: the API reference of Kubernetes 1.31, the Compose specification. It is not their own schemas.

const strict = z.strictObject;
const labels = z.record(z.string(), z.string());
const metadata = strict({
  name: z.string(),
  labels: labels.optional(),
  annotations: labels.optional(),
});
const selector = strict({ matchLabels: labels });
const port = z.union([z.string(), z.number().int().min(1).max(65_535)]);
const probe = strict({
  httpGet: strict({ path: z.string().startsWith('/health/'), port }),
  periodSeconds: z.number().optional(),
  timeoutSeconds: z.number().optional(),
  failureThreshold: z.number().optional(),
});
const named = strict({ name: z.string() });
const container = strict({
  name: z.string(),
  image: z.literal('school'),
  args: z.array(z.string()),
  envFrom: z.array(strict({ configMapRef: named.optional(), secretRef: named.optional() })).optional(),
  env: z.array(
    strict({
      name: z.string(),
      value: z.string().optional(),
      valueFrom: strict({ secretKeyRef: strict({ name: z.string(), key: z.string() }) }).optional(),
    }),
  ),
  ports: z.array(strict({ name: z.string().max(15), containerPort: z.number() })).optional(),
  startupProbe: probe.optional(),
  livenessProbe: probe.optional(),
  readinessProbe: probe.optional(),
  resources: strict({ requests: labels, limits: labels }).optional(),
  // What the pod security standard "restricted" asks for.
  securityContext: strict({
    allowPrivilegeEscalation: z.literal(false),
    readOnlyRootFilesystem: z.literal(true),
    capabilities: strict({ drop: z.tuple([z.literal('ALL')]) }),
  }),
});
const podTemplate = strict({
  metadata: strict({ labels, annotations: labels.optional() }),
  spec: strict({
    automountServiceAccountToken: z.literal(false),
    terminationGracePeriodSeconds: z.number().min(20).optional(),
    restartPolicy: z.literal('Never').optional(),
    securityContext: strict({
      runAsNonRoot: z.literal(true),
      runAsUser: z.number().min(1),
      seccompProfile: strict({ type: z.literal('RuntimeDefault') }),
    }),
    containers: z.tuple([container]),
  }),
});
const of = <const Version extends string, const Kind extends string, Spec extends z.ZodType>(
  version: Version,
  kind: Kind,
  spec: Spec,
) => strict({ apiVersion: z.literal(version), kind: z.literal(kind), metadata, spec });

const target = strict({ apiVersion: z.string(), kind: z.string(), name: z.string() });
const backend = strict({ service: strict({ name: z.string(), port: strict({ name: z.string() }) }) });
const peer = strict({ namespaceSelector: selector.optional(), podSelector: selector.optional() });

export const kubernetesObject = z.discriminatedUnion('kind', [
  of(
    'apps/v1',
    'Deployment',
    strict({
      replicas: z.number().min(2),
      selector,
      strategy: strict({ rollingUpdate: strict({ maxUnavailable: z.literal(0), maxSurge: z.number() }) }),
      template: podTemplate,
    }),
  ),
  of(
    'batch/v1',
    'Job',
    strict({ backoffLimit: z.number(), ttlSecondsAfterFinished: z.number(), template: podTemplate }),
  ),
  of(
    'v1',
    'Service',
    strict({
      selector: labels,
      ports: z.array(strict({ name: z.string(), port: z.number(), targetPort: port })),
    }),
  ),
  of(
    'networking.k8s.io/v1',
    'Ingress',
    strict({
      tls: z.array(strict({ hosts: z.array(z.string()), secretName: z.string() })),
      rules: z.array(
        strict({
          host: z.string(),
          http: strict({
            paths: z.array(strict({ path: z.string(), pathType: z.enum(['Exact', 'Prefix']), backend })),
          }),
        }),
      ),
    }),
  ),
  of(
    'networking.k8s.io/v1',
    'NetworkPolicy',
    strict({
      podSelector: selector,
      policyTypes: z.array(z.enum(['Ingress', 'Egress'])),
      ingress: z.array(strict({ from: z.array(peer), ports: z.array(strict({ port })) })),
    }),
  ),
  of('policy/v1', 'PodDisruptionBudget', strict({ minAvailable: z.number(), selector })),
  of(
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
    strict({
      scaleTargetRef: target,
      minReplicas: z.number().min(2),
      maxReplicas: z.number(),
      metrics: z.array(
        strict({
          type: z.literal('Pods'),
          pods: strict({
            metric: named,
            target: strict({ type: z.literal('AverageValue'), averageValue: z.string() }),
          }),
        }),
      ),
    }),
  ),
  strict({ apiVersion: z.literal('v1'), kind: z.literal('ConfigMap'), metadata, data: labels }),
]);

export const kustomization = strict({
  apiVersion: z.literal('kustomize.config.k8s.io/v1beta1'),
  kind: z.literal('Kustomization'),
  namespace: z.string().optional(),
  resources: z.array(z.string()),
  images: z.array(strict({ name: z.string(), newName: z.string(), newTag: z.string() })).optional(),
  patches: z.array(strict({ path: z.string() })).optional(),
});

const composeService = strict({
  image: z.string(),
  command: z.array(z.string()).optional(),
  env_file: z.string().optional(),
  environment: labels.optional(),
  read_only: z.boolean().optional(),
  cap_drop: z.array(z.string()).optional(),
  security_opt: z.array(z.string()).optional(),
  restart: z.enum(['unless-stopped']).optional(),
  stop_grace_period: z.string().optional(),
  mem_limit: z.string().optional(),
  depends_on: z
    .record(z.string(), strict({ condition: z.enum(['service_healthy', 'service_completed_successfully']) }))
    .optional(),
  secrets: z.array(z.string()).optional(),
  volumes: z.array(z.string()).optional(),
  ports: z.array(z.string()).optional(),
  profiles: z.array(z.string()).optional(),
  deploy: strict({ replicas: z.number() }).optional(),
  healthcheck: strict({ test: z.array(z.string()), interval: z.string() }).optional(),
});

export const composeFile = strict({
  name: z.string(),
  'x-program': z.unknown(),
  services: z.record(z.string(), composeService),
  volumes: z.record(z.string(), z.null()),
  secrets: z.record(z.string(), strict({ file: z.string() })),
});
