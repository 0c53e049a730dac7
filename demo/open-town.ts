import { readFile } from 'node:fs/promises';
import type { AuditStream } from '../core/audit.ts';
import type { Clock } from '../core/clock.ts';
import type { NoticeConfig } from '../core/config.ts';
import { type EdgeConfig, edgeDefaults } from '../core/edge-config.ts';
import { createTokenVerifier } from '../core/identity/token-verifier.ts';
import type { Log } from '../core/log.ts';
import { localOrigins } from '../core/origins.ts';
import { type PaymentConfig, usualPayment } from '../core/payment-config.ts';
import { projectFile } from '../core/project-root.ts';
import { usualRetention } from '../core/retention-config.ts';
import { noTelemetry, type Telemetry } from '../core/telemetry/telemetry.ts';
import { createGateway } from '../gateway/create-gateway.ts';
import { hostInProcess } from '../gateway/hosts/in-process.ts';
import { hostOverHttp } from '../gateway/hosts/over-http.ts';
import { openStore } from '../gateway/store/open-store.ts';
import { runDeliveries } from '../subgraphs/integrations/delivery/run-deliveries.ts';
import { openConfiguredListener } from '../subgraphs/open-configured-listener.ts';
import { openServices } from '../subgraphs/open-services.ts';
import { createAllSubgraphs, jobs } from '../subgraphs/registry.ts';
import { startRetention } from '../subgraphs/retention/retention.job.ts';
import { runJobs } from '../subgraphs/shared/jobs/run-jobs.ts';
import { watchQueues } from '../subgraphs/shared/jobs/watch-queues.ts';
import type { Services } from '../subgraphs/shared/request-context.ts';
import type { DemoHypersicConfig } from './hypersic/config.ts';
import { type DemoHypersic, openHypersic } from './hypersic/open-hypersic.ts';
import { fetchDemoToken } from './identity/fetch-token.ts';
import { startIdentityProvider } from './identity/provider.ts';
import { demoLinks } from './links.ts';
import { openPagopa } from './pagopa/open-pagopa.ts';
import type { PagopaStandIn } from './pagopa/start-pagopa.ts';
import type { DemoSecrets } from './secrets.ts';
import { reservePort, serveApart } from './serve-apart.ts';
import { findResident } from './town/find-resident.ts';
import { claudia } from './town/people.ts';

export interface OpenTownOptions extends DemoHypersicConfig {
  readonly hypersicTiming?: { readonly timeoutMs: number; readonly settleMs: number };
  readonly host: string;
  /** 0: the system chooses a free port; likewise for the identity provider. */
  readonly port: number;
  readonly identityPort: number;
  readonly pagopaPort: number;
  /** pagoPA's faults from the start on, in the notation of `DEMO_PAGOPA_CHAOS`. */
  readonly pagopaChaos: string | null;
  /** The unit of the pauses between pagoPA's attempts to send a receipt. */
  readonly pagopaSlotMs?: number;
  /** Default: half an hour, and back to this machine. */
  readonly payment?: PaymentConfig;
  readonly publicUrl: string | null;
  /** The portal's address, if there is one. */
  readonly portalUrl?: string;
  /** The folder of the identity provider's keys and of pagoPA's payments. */
  readonly dataDir: string;
  readonly legacyUrl: string;
  readonly ownUrl: string;
  readonly secrets: DemoSecrets;
  readonly transport: 'in-process' | 'http';
  readonly requestBudgetMs: number;
  /** Without it, limits are off for everything that a test may do often. */
  readonly edge?: EdgeConfig;
  readonly telemetry?: Telemetry;
  readonly clock: Clock;
  readonly log: Log;
  /** Default: our own table. */
  readonly audit?: AuditStream;
  /** Whether this process runs the jobs, as a worker does. */
  readonly works: boolean;
  /** Of the legacy database; the adapter's own if it is left out. */
  readonly statementTimeoutMs?: number;
  /** Called with a statement's name, once for each statement sent to the legacy system. */
  readonly observe?: (statementName: string) => void;
}

export interface OpenTown {
  readonly graphqlUrl: string;
  readonly publicUrl: string;
  readonly issuer: string;
  readonly audience: string;
  readonly services: Services;
  readonly hypersic: DemoHypersic;
  readonly pagopa: PagopaStandIn;
  /** The address of the pagoPA listener. */
  readonly listenerUrl: string;
  /** Addresses of subgraphs behind HTTP; empty if they run in process. */
  readonly subgraphUrls: Readonly<Record<string, string>>;
  /** Stops one of them, to show what the others still answer. */
  stopSubgraph(name: string): Promise<void>;
  /** Starts it again at its address. */
  startSubgraph(name: string): Promise<void>;
  close(): Promise<void>;
}

const audience = 'https://servizi.calvenzano.example.it/graphql';

/** Identity provider, subgraphs and gateway over existing databases. Closing stops them in reverse order. */
export async function openTown(options: OpenTownOptions): Promise<OpenTown> {
  const started: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const stop of started.splice(0).reverse()) await stop();
  };
  try {
    return { ...(await openParts(options, (stop) => started.push(stop))), close };
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
}

/** An invented postal account, so that the demo's notices hold a bollettino. */
export const notices = {
  cbillCode: 'DEMO0',
  postal: { account: '000012345678', authorisation: 'AUT. DI PROVA' },
} as const satisfies NoticeConfig;

/** The town itself, its portal, and front ends under development on this machine. */
export function demoOrigins(publicUrl: string, portalUrl?: string): readonly string[] {
  return [new URL(publicUrl).origin, ...originsOf(portalUrl), ...localOrigins];
}

function originsOf(url: string | undefined): readonly string[] {
  return url === undefined ? [] : [new URL(url).origin];
}

type OnClose = (stop: () => Promise<unknown>) => void;

async function openParts(options: OpenTownOptions, onClose: OnClose): Promise<Omit<OpenTown, 'close'>> {
  const {
    log,
    host,
    legacyUrl,
    ownUrl,
    secrets,
    telemetry = noTelemetry,
    payment = usualPayment,
    edge = { ...edgeDefaults(false), lookupsPerMinute: 0 },
  } = options;
  const identity = await startIdentityProvider({
    port: options.identityPort,
    host,
    dataDir: options.dataDir,
    audience,
    findPerson: (code) => findResident(legacyUrl, code),
    frontEnds: originsOf(options.portalUrl),
  });
  onClose(() => identity.close());
  const verifier = createTokenVerifier({ issuer: identity.issuer, audience, idSecrets: [secrets.id] });
  // Documents have absolute addresses: a port chosen by the system must be known before the subgraphs open.
  const reserved = options.port === 0 ? await reservePort(host) : null;
  if (reserved !== null) onClose(reserved.release);
  const port = reserved?.port ?? options.port;
  const publicUrl = options.publicUrl ?? `http://${host}:${port}`;
  const hypersic = await openHypersic(options);
  onClose(() => hypersic.close());
  const pagopa = await openPagopa({ ...options, pagopaLockMs: payment.lockMinutes * 60_000 });
  onClose(() => pagopa.standIn.close());
  const configured = { ...options, payment, telemetry };
  const { services, listener } = await openWork(configured, publicUrl, hypersic, pagopa, onClose);
  const subgraphs = await createAllSubgraphs();
  const behindHttp = options.transport === 'http' ? subgraphs : [];
  const apart = await serveApart(behindHttp, services, verifier, secrets.subgraph, telemetry);
  onClose(apart.close);
  const gateway = await createGateway({
    supergraphSdl: await readFile(projectFile('schema', 'supergraph.graphql'), 'utf8'),
    host:
      options.transport === 'in-process'
        ? hostInProcess(subgraphs, services, async () => undefined)
        : hostOverHttp({ urls: apart.urls, secret: secrets.subgraph, guard: { watch: telemetry.watch } }),
    verifier,
    log,
    isProduction: false,
    requestBudgetMs: options.requestBudgetMs,
    edge: { ...edge, corsOrigins: [...edge.corsOrigins, ...originsOf(options.portalUrl)] },
    store: openStore(ownUrl, telemetry.watch),
    telemetry,
    firstOperation: () =>
      firstOperation({
        issuer: identity.issuer,
        hypersicUrl: hypersic.config.url,
        pagopaUrl: pagopa.standIn.url,
        portalUrl: options.portalUrl,
      }),
  });
  onClose(() => gateway.close());
  await reserved?.release();
  await gateway.listen(port, host);
  return {
    graphqlUrl: `http://${host}:${port}/graphql`,
    publicUrl,
    issuer: identity.issuer,
    audience,
    services,
    hypersic,
    pagopa: pagopa.standIn,
    listenerUrl: listener?.url ?? '',
    subgraphUrls: apart.urls,
    stopSubgraph: apart.stop,
    startSubgraph: apart.start,
  };
}

type Configured = OpenTownOptions & Required<Pick<OpenTownOptions, 'payment' | 'telemetry'>>;
type DemoPagopa = Awaited<ReturnType<typeof openPagopa>>;

/** Opens the services of the subgraphs, the pagoPA listener, and the jobs. */
async function openWork(
  options: Configured,
  publicUrl: string,
  hypersic: DemoHypersic,
  pagopa: DemoPagopa,
  onClose: OnClose,
) {
  const { log, audit = null, telemetry } = options;
  const config = servicesConfig(options, publicUrl, hypersic, pagopa);
  const { services, close } = await openServices(config, { log, audit });
  onClose(close);
  watchQueues(services.database, telemetry);
  const listener = await openConfiguredListener(pagopa.listener, services);
  if (listener !== null) {
    onClose(() => listener.close());
    pagopa.standIn.connect({ url: listener.url, secret: options.secrets.node });
  }
  if (options.works) {
    await startRetention(services);
    const worker = await runJobs(options.ownUrl, services, jobs);
    onClose(() => worker.close());
    const deliveries = runDeliveries(services);
    onClose(() => deliveries.close());
  }
  return { services, listener };
}

function servicesConfig(
  {
    ownUrl,
    legacyUrl,
    secrets,
    clock,
    payment,
    portalUrl,
    statementTimeoutMs,
    observe = () => undefined,
    telemetry,
  }: Configured,
  publicUrl: string,
  hypersic: DemoHypersic,
  pagopa: DemoPagopa,
): Parameters<typeof openServices>[0] {
  return {
    isProduction: false,
    databaseUrl: ownUrl,
    documentSecrets: [secrets.documents],
    auditSecrets: [secrets.audit],
    retention: usualRetention,
    fileKeys: [{ id: 'demo', secret: Buffer.from(secrets.files, 'base64url') }],
    publicUrl,
    pagopa: pagopa.config,
    notices,
    payment: {
      ...payment,
      returnOrigins: [...payment.returnOrigins, ...demoOrigins(publicUrl, portalUrl)],
    },
    clock,
    legacy: {
      vendor: 'hypersic',
      url: legacyUrl,
      ...(statementTimeoutMs === undefined ? {} : { statementTimeoutMs }),
      protocolRegister: hypersic.config,
      observe,
      watch: telemetry.watch,
    },
  };
}

/** What Sandbox opens with: the flagship, as Claudia. */
async function firstOperation(places: Parameters<typeof demoLinks>[0]) {
  const { issuer } = places;
  const code = claudia.codiceFiscale;
  return {
    document: await readFile(projectFile('gateway', 'flagship.graphql'), 'utf8'),
    variables: { invoices: 50 },
    links: demoLinks(places),
    token: await fetchDemoToken({ issuer, audience, code, method: 'spid', level: 2 }),
  };
}
