import { type EdgeConfig, edgeConfig, edgeVariables } from './edge-config.ts';
import { createEnvironmentReader, type Environment, type EnvironmentReader, nodeEnv } from './environment.ts';
import { type FileKeyList, readFileKeys } from './file-keys.ts';
import { type LogLevel, logLevels } from './log.ts';
import {
  type ListenerConfig,
  type PagopaConfig,
  readListenerConfig,
  readPagopaConfig,
} from './pagopa-config.ts';
import { type PaymentConfig, readPaymentConfig } from './payment-config.ts';
import { type RetentionConfig, readRetentionConfig, retentionVariables } from './retention-config.ts';
import type { TelemetryConfig } from './telemetry/open-telemetry.ts';

// The one place that knows the names of environment variables, the vendor's own aside (legacy/<vendor>/config.ts).
// .env.example has the same names in the same order.

/** What each variable means, in the order of .env.example; the vendor's follow there. */
export const variables = {
  NODE_ENV:
    '`development`: any operation, introspection and addresses without https; anything else is production',
  PORT: 'port of the gateway or of a subgraph that runs alone; 4000',
  HOST: 'address it listens on; 127.0.0.1',
  SERVER_PROCESSES: 'processes of a gateway that share its ports, each with the next METRICS_PORT; 1',
  HEALTH_PORT: "port of a worker's or a lone subgraph's /health, of its own and not public; off",
  STOP_DELAY_SECONDS:
    'after a signal to stop, how long a gateway still answers while /health/serving says 503; 0',
  LOG_LEVEL: 'events below it are not written: `info`, `warn` or `error`; info',
  PUBLIC_URL: 'where clients reach the gateway: documents have absolute addresses; http://127.0.0.1:<PORT>',
  DATA_DIR: 'folder of the demo; .data',
  DEMO_IDENTITY_PORT: "port of the demo's OpenID provider; 4010",
  DEMO_PAGOPA_PORT: "port of the demo's pagoPA; 4012",
  DEMO_PAGOPA_CHAOS: "what goes wrong at the demo's pagoPA, as docs/demo-town.md lists it; nothing",
  DEMO_PORTAL_PORT: 'port of the portal of the demo; 4013, or a free one when that is taken',
  DATABASE_URL:
    "our own Postgres: as the tables' owner for npm run migrate, as the role below for everything else",
  DATABASE_SERVICE_ROLE:
    'role that our programs connect as: npm run migrate lets it read and write, and only add to the audit trail; none',
  OIDC_ISSUER:
    'who signs tokens, as their `iss` has it; without one, everybody is anonymous outside production',
  OIDC_AUDIENCE: 'the `aud` of tokens meant for us',
  OIDC_TOKEN_MAX_MINUTES:
    'longest life of a token, from its `iat` to its `exp`; a longer one is refused; 720',
  ID_SECRET:
    'makes opaque ids of persons; several with commas, the first makes, ids of all are accepted. At least 32 characters each',
  DOCUMENT_SECRETS:
    'encrypt addresses of documents; several with commas, the first signs. At least 32 characters each',
  AUDIT_SECRETS:
    'hash the audit trail; several with commas, the first hashes, all verify. At least 32 characters each',
  FILE_KEYS:
    'encrypt stored files and secrets of webhooks: 2026-11:<32 bytes in base64>, several with commas, the first encrypts, all decrypt',
  ...retentionVariables,
  PAYMENT_RETURN_ORIGINS:
    "origins that payers may be sent back to, with commas; http://localhost:* is any port. PUBLIC_URL's own",
  PAYMENT_LOCK_MINUTES: 'how long a session is open, and pagoPA collects what it activated; 30',
  PAYMENT_SPONTANEOUS_DAYS:
    'until when a spontaneous payment is to be paid; a week later it is withdrawn; 30',
  PAYMENT_HIGHEST_EUROS:
    'the highest spontaneous payment in whole euros, and those of single kinds by code: 10000,MENSA=2000; 10000',
  SUBGRAPH_TRANSPORT: '`in-process` or `http`; in-process',
  SUBGRAPH_SECRET:
    "the gateway's credential at subgraphs that run alone; several with commas, the gateway sends the first, subgraphs accept all. At least 32 characters each",
  SUPERGRAPH_PATH: 'the supergraph that a gateway alone serves; schema/supergraph.graphql',
  REQUEST_BUDGET_MS: 'how long one request may take, all calls together; 5000',
  ...edgeVariables,
  METRICS_PORT: 'port of Prometheus metrics, of its own and not public; off',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'where traces go, OTLP over HTTP, like http://collector:4318; off',
  PAGOPA_CHECKOUT_URL:
    'pagoPA Checkout for bodies, ending with /checkout/ec/v1; without one nothing can be paid',
  PAGOPA_GPD_URL: 'debt positions at pagoPA, ending with /gpd/debt-positions-service/v1',
  PAGOPA_GPD_RECEIPTS_URL: 'their receipts by IUV, ending with /gpd/payments-receipts-service/v1',
  PAGOPA_RECEIPTS_URL: 'receipts by IUR, ending with /bizevents/service/v1',
  PAGOPA_SUBSCRIPTION_KEYS: 'one key for all of them, or three with commas: Checkout, GPD, receipts',
  PAGOPA_TIMEOUT_MS: 'the longest that pagoPA is waited for; 3000',
  PAGOPA_CREDITOR_CODE: 'codice fiscale of the body, 11 digits',
  PAGOPA_IBAN: 'where payments go, as registered with pagoPA',
  PAGOPA_CATEGORY: "the taxonomy's code of what is paid, like 9/0101002IM/",
  PAGOPA_SEGREGATION_CODE: 'first two digits of the IUVs that our station answers for, 00 to 49',
  PAGOPA_GPD_SEGREGATION_CODE: 'those of the IUVs of positions held at GPD, 00 to 49',
  PAGOPA_BROKER_CODE: "codice fiscale of the station's broker, often the body's own",
  PAGOPA_STATION_ID: 'id of our station at pagoPA, like 00300120169_01',
  PAGOPA_NODE_PORT: 'port on which pagoPA calls us; 4005',
  PAGOPA_NODE_HOST: 'address of that listener; 127.0.0.1',
  PAGOPA_NODE_SECRETS:
    'secrets that calls bring in x-node-secret, with commas; at least 32 characters each. Without one and without a client CA the listener does not open',
  PAGOPA_NODE_CLIENT_CA: 'PEM file of the authority that signs certificates of callers',
  PAGOPA_NODE_CLIENT_NAME: 'the one name that such a certificate may have; any when empty',
  PAGOPA_NODE_CERTIFICATE: "PEM file of the listener's own certificate; plain HTTP when empty",
  PAGOPA_NODE_KEY: 'PEM file of its key',
  PAGOPA_CBILL_CODE: "the body's code at CBILL, printed on payment notices; none",
  PAGOPA_POSTAL_ACCOUNT:
    'number of the postal account, at most 12 digits: notices then hold a bollettino postale; none',
  PAGOPA_POSTAL_AUTHORISATION: "Poste's authorisation to print it, as they wrote it",
} as const;

export interface ListenConfig {
  readonly isProduction: boolean;
  readonly port: number;
  readonly host: string;
  readonly logLevel: LogLevel;
}

export interface IdentityConfig {
  readonly issuer: string;
  readonly audience: string;
  readonly longestLifeMs: number;
}

/** The server in one process, or the gateway alone. */
export interface GatewayConfig extends ListenConfig {
  readonly publicUrl: string;
  /** Null: everybody is anonymous. */
  readonly identity: IdentityConfig | null;
  readonly idSecrets: readonly [string, ...string[]];
  readonly requestBudgetMs: number;
  readonly processes: number;
  /** How long requests are still answered after a signal to stop. */
  readonly stopDelayMs: number;
  readonly edge: EdgeConfig;
  readonly telemetry: TelemetryConfig;
  /** What several gateways have in common; null: each is for itself. */
  readonly databaseUrl: string | null;
  readonly transport: 'in-process' | 'http';
  readonly supergraphPath: string;
  /** The gateway's credential. */
  readonly subgraphSecret: string | null;
  /** Address of a subgraph where it differs from the supergraph's: `SUBGRAPH_URL_SCHOOL_BILLING`. */
  subgraphUrl(name: string): string | null;
}

/** What subgraphs stand on, in whichever process. */
export interface ServicesConfig {
  readonly isProduction: boolean;
  readonly databaseUrl: string;
  readonly documentSecrets: readonly [string, ...string[]];
  readonly auditSecrets: readonly [string, ...string[]];
  readonly fileKeys: FileKeyList;
  readonly retention: RetentionConfig;
  readonly publicUrl: string;
  /** Null: nothing can be paid. */
  readonly pagopa: PagopaConfig | null;
  readonly notices: NoticeConfig;
  readonly payment: PaymentConfig;
}

/** What payment notices hold beside the debt. */
export interface NoticeConfig {
  readonly cbillCode: string | null;
  /** Null: without a bollettino postale. `account` has 12 digits. */
  readonly postal: { readonly account: string; readonly authorisation: string } | null;
}

export interface DemoConfig extends ListenConfig {
  readonly publicUrl: string | null;
  readonly dataDir: string;
  readonly identityPort: number;
  readonly pagopaPort: number;
  /** Null: the usual one, or any that is free. */
  readonly portalPort: number | null;
  /** What goes wrong at the demo's pagoPA. */
  readonly pagopaChaos: string | null;
  readonly payment: PaymentConfig;
  readonly transport: 'in-process' | 'http';
  readonly requestBudgetMs: number;
  readonly edge: EdgeConfig;
  readonly telemetry: TelemetryConfig;
}

export const developmentSecret = 'only for development: anonymous callers have no ids';

export function readGatewayConfig(env: Environment): GatewayConfig {
  const read = createEnvironmentReader(env);
  return read.finish(gatewayConfig(read));
}

/** Everything that the server in one process needs; `legacy` reads the vendor's part. */
export function readServerConfig<Legacy>(
  env: Environment,
  legacy: (read: EnvironmentReader) => Legacy,
): {
  readonly gateway: GatewayConfig;
  readonly services: ServicesConfig;
  readonly node: ListenerConfig | null;
  readonly legacy: Legacy;
} {
  const read = createEnvironmentReader(env);
  return read.finish({
    gateway: gatewayConfig(read),
    services: groundConfig(read),
    node: readListenerConfig(read),
    legacy: legacy(read),
  });
}

export function readSubgraphConfig<Legacy>(
  env: Environment,
  legacy: (read: EnvironmentReader) => Legacy,
  defaultPort: number,
): {
  readonly listen: ListenConfig;
  readonly services: ServicesConfig;
  /** For the subgraph that is paid. */
  readonly node: ListenerConfig | null;
  readonly identity: IdentityConfig;
  readonly idSecrets: readonly [string, ...string[]];
  /** A gateway has one of them. */
  readonly subgraphSecrets: readonly [string, ...string[]];
  /** Null: its health is asked for with the gateway's credential only. */
  readonly healthPort: number | null;
  readonly telemetry: TelemetryConfig;
  readonly legacy: Legacy;
} {
  const read = createEnvironmentReader(env);
  return read.finish({
    listen: listenConfig(read, defaultPort),
    services: groundConfig(read),
    node: readListenerConfig(read),
    identity: requiredIdentity(read),
    idSecrets: secretsOf(read, 'ID_SECRET'),
    subgraphSecrets: secretsOf(read, 'SUBGRAPH_SECRET'),
    healthPort: optionalPort(read, 'HEALTH_PORT'),
    telemetry: telemetryConfig(read),
    legacy: legacy(read),
  });
}

/** The configuration of a worker. */
export function readWorkerConfig<Legacy>(
  env: Environment,
  legacy: (read: EnvironmentReader) => Legacy,
): {
  readonly services: ServicesConfig;
  readonly listen: ListenConfig;
  /** Null: nobody can ask for its health. */
  readonly healthPort: number | null;
  readonly telemetry: TelemetryConfig;
  readonly legacy: Legacy;
} {
  const read = createEnvironmentReader(env);
  return read.finish({
    services: groundConfig(read),
    listen: listenConfig(read, 0),
    healthPort: optionalPort(read, 'HEALTH_PORT'),
    telemetry: telemetryConfig(read),
    legacy: legacy(read),
  });
}

/** For commands about persons: a worker's configuration, and what ids of persons are made with. */
export function readPersonsConfig<Legacy>(
  env: Environment,
  legacy: (read: EnvironmentReader) => Legacy,
): {
  readonly services: ServicesConfig;
  readonly idSecrets: readonly [string, ...string[]];
  readonly legacy: Legacy;
} {
  const read = createEnvironmentReader(env);
  return read.finish({
    services: groundConfig(read),
    idSecrets: secretsOf(read, 'ID_SECRET'),
    legacy: legacy(read),
  });
}

/** For commands that read and write settlements. */
export function readReconciliationConfig<Legacy>(
  env: Environment,
  legacy: (read: EnvironmentReader) => Legacy,
): { readonly databaseUrl: string; readonly legacy: Legacy } {
  const read = createEnvironmentReader(env);
  return read.finish({ databaseUrl: read.url('DATABASE_URL', null), legacy: legacy(read) });
}

export function readDatabaseUrl(env: Environment): string {
  const read = createEnvironmentReader(env);
  return read.finish(read.url('DATABASE_URL', null));
}

/** What brings our own tables up to date. */
export interface MigrationConfig {
  /** As who owns the tables. */
  readonly databaseUrl: string;
  /** Whom the other programs connect as; null leaves everybody's rights as they are. */
  readonly serviceRole: string | null;
}

export function readMigrationConfig(env: Environment): MigrationConfig {
  const read = createEnvironmentReader(env);
  return read.finish({
    databaseUrl: read.url('DATABASE_URL', null),
    serviceRole: read.optional('DATABASE_SERVICE_ROLE'),
  });
}

/** For the command that verifies the audit trail. */
export function readAuditConfig(env: Environment): {
  readonly databaseUrl: string;
  readonly auditSecrets: readonly [string, ...string[]];
} {
  const read = createEnvironmentReader(env);
  return read.finish({
    databaseUrl: read.url('DATABASE_URL', null),
    auditSecrets: secretsOf(read, 'AUDIT_SECRETS'),
  });
}

/** For the command that encrypts stored files anew. */
export function readFileKeysConfig(env: Environment): {
  readonly databaseUrl: string;
  readonly fileKeys: FileKeyList;
} {
  const read = createEnvironmentReader(env);
  return read.finish({ databaseUrl: read.url('DATABASE_URL', null), fileKeys: readFileKeys(read) });
}

/** The configuration of the demo; `legacy` reads the part of the vendor that it plays. */
export function readDemoConfig<Legacy>(
  env: Environment,
  legacy: (read: EnvironmentReader) => Legacy,
): DemoConfig & Legacy {
  // The demo is development by itself.
  const read = createEnvironmentReader({ ...env, NODE_ENV: 'development' });
  const listen = listenConfig(read, 4000);
  if (nodeEnv(env) === 'production')
    read.problem('NODE_ENV is production: the demo does not run there. Use npm run start:server.');
  return read.finish({
    ...listen,
    ...legacy(read),
    publicUrl: read.optional('PUBLIC_URL') === null ? null : read.url('PUBLIC_URL', null),
    dataDir: readDataDir(env),
    identityPort: read.wholeNumber('DEMO_IDENTITY_PORT', 4010, [0, 65_535]),
    pagopaPort: read.wholeNumber('DEMO_PAGOPA_PORT', 4012, [0, 65_535]),
    portalPort:
      read.optional('DEMO_PORTAL_PORT') === null
        ? null
        : read.wholeNumber('DEMO_PORTAL_PORT', 0, [0, 65_535]),
    pagopaChaos: read.optional('DEMO_PAGOPA_CHAOS'),
    payment: readPaymentConfig(read),
    transport: read.choice('SUBGRAPH_TRANSPORT', ['in-process', 'http'], 'in-process'),
    requestBudgetMs: requestBudgetMs(read),
    edge: edgeConfig(read, false),
    telemetry: telemetryConfig(read),
  });
}

export function readLogLevel(env: Environment): LogLevel {
  return logLevelOf(createEnvironmentReader(env));
}

export function readDataDir(env: Environment): string {
  return createEnvironmentReader(env).text('DATA_DIR', '.data');
}

function listenConfig(read: EnvironmentReader, defaultPort: number): ListenConfig {
  return {
    isProduction: read.isProduction,
    port: read.wholeNumber('PORT', defaultPort, [0, 65_535]),
    host: read.text('HOST', '127.0.0.1'),
    logLevel: logLevelOf(read),
  };
}

function logLevelOf(read: EnvironmentReader): LogLevel {
  return read.choice('LOG_LEVEL', logLevels, 'info');
}

function gatewayConfig(read: EnvironmentReader): GatewayConfig {
  const listen = listenConfig(read, 4000);
  const identity = identityConfig(read, listen.isProduction);
  const transport = read.choice('SUBGRAPH_TRANSPORT', ['in-process', 'http'], 'in-process');
  return {
    ...listen,
    identity,
    transport,
    publicUrl: listen.isProduction
      ? read.secureUrl('PUBLIC_URL', null)
      : read.url('PUBLIC_URL', `http://${listen.host}:${listen.port}`),
    idSecrets: identity === null ? [developmentSecret] : secretsOf(read, 'ID_SECRET'),
    requestBudgetMs: requestBudgetMs(read),
    processes: read.wholeNumber('SERVER_PROCESSES', 1, [1, 64]),
    stopDelayMs: read.wholeNumber('STOP_DELAY_SECONDS', 0, [0, 60]) * 1_000,
    edge: edgeConfig(read, listen.isProduction),
    telemetry: telemetryConfig(read),
    databaseUrl: read.optional('DATABASE_URL') === null ? null : read.url('DATABASE_URL', null),
    supergraphPath: read.text('SUPERGRAPH_PATH', 'schema/supergraph.graphql'),
    subgraphSecret: read.optional('SUBGRAPH_SECRET') === null ? null : secretsOf(read, 'SUBGRAPH_SECRET')[0],
    subgraphUrl: (name) => {
      const variable = `SUBGRAPH_URL_${name.toUpperCase().replaceAll('-', '_')}`;
      return read.optional(variable) === null ? null : read.url(variable, null);
    },
  };
}

function identityConfig(read: EnvironmentReader, isProductive: boolean): IdentityConfig | null {
  return !isProductive && read.optional('OIDC_ISSUER') === null ? null : requiredIdentity(read);
}

function requiredIdentity(read: EnvironmentReader): IdentityConfig {
  return {
    issuer: read.secureUrl('OIDC_ISSUER', null),
    audience: read.required('OIDC_AUDIENCE'),
    longestLifeMs: read.wholeNumber('OIDC_TOKEN_MAX_MINUTES', 720, [1, 10_080]) * 60_000,
  };
}

function groundConfig(read: EnvironmentReader): ServicesConfig {
  return {
    isProduction: read.isProduction,
    databaseUrl: read.url('DATABASE_URL', null),
    documentSecrets: secretsOf(read, 'DOCUMENT_SECRETS'),
    auditSecrets: secretsOf(read, 'AUDIT_SECRETS'),
    fileKeys: readFileKeys(read),
    retention: readRetentionConfig(read),
    publicUrl: read.secureUrl('PUBLIC_URL', null),
    pagopa: readPagopaConfig(read),
    notices: noticeConfig(read),
    payment: readPaymentConfig(read),
  };
}

/** Several secrets with commas, of at least 32 characters each. */
function secretsOf(read: EnvironmentReader, name: string): readonly [string, ...string[]] {
  const [first = '', ...others] = read.list(name);
  if (first !== '' && [first, ...others].some((secret) => secret.length < 32))
    read.problem(`${name} has at least 32 characters${others.length > 0 ? ' each' : ''}.`);
  return [first, ...others];
}

function noticeConfig(read: EnvironmentReader): NoticeConfig {
  const cbillCode = read.optional('PAGOPA_CBILL_CODE');
  const account = read.optional('PAGOPA_POSTAL_ACCOUNT');
  if (account === null) return { cbillCode, postal: null };
  if (!/^\d{1,12}$/.test(account)) read.problem('PAGOPA_POSTAL_ACCOUNT has at most 12 digits.');
  const authorisation = read.required('PAGOPA_POSTAL_AUTHORISATION');
  return { cbillCode, postal: { account: account.padStart(12, '0'), authorisation } };
}

function telemetryConfig(read: EnvironmentReader): TelemetryConfig {
  const endpoint = 'OTEL_EXPORTER_OTLP_ENDPOINT';
  return {
    metricsPort: optionalPort(read, 'METRICS_PORT'),
    otlpEndpoint: read.optional(endpoint) === null ? null : read.url(endpoint, null),
  };
}

function optionalPort(read: EnvironmentReader, name: string): number | null {
  return read.optional(name) === null ? null : read.wholeNumber(name, 0, [0, 65_535]);
}

function requestBudgetMs(read: EnvironmentReader): number {
  return read.wholeNumber('REQUEST_BUDGET_MS', 5_000, [100, 120_000]);
}
