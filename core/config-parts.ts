import { type EdgeConfig, edgeConfig } from './edge-config.ts';
import { type EnvironmentReader } from './environment.ts';
import { type FileKeyList, readFileKeys } from './file-keys.ts';
import { type LogLevel, logLevels } from './log.ts';
import { type PagopaConfig, readPagopaConfig } from './pagopa-config.ts';
import { type PaymentConfig, readPaymentConfig } from './payment-config.ts';
import { type RetentionConfig, readRetentionConfig } from './retention-config.ts';
import type { TelemetryConfig } from './telemetry/open-telemetry.ts';
import { usual } from './usual-values.ts';

// The parts of the configuration, and how each is read. config.ts puts them together for each program.

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
  /** Postgres with the state that several gateways share; null: each gateway keeps its own state. */
  readonly databaseUrl: string | null;
  readonly transport: 'in-process' | 'http';
  readonly supergraphPath: string;
  /** The gateway's credential. */
  readonly subgraphSecret: string | null;
  /** Address of a subgraph where it differs from the supergraph's: `SUBGRAPH_URL_SCHOOL_BILLING`. */
  subgraphUrl(name: string): string | null;
}

/** Configuration that subgraphs need, in any process. */
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

export function listenConfig(read: EnvironmentReader, defaultPort: number): ListenConfig {
  return {
    isProduction: read.isProduction,
    port: read.wholeNumber('PORT', defaultPort, [0, 65_535]),
    host: read.text('HOST', usual.HOST),
    logLevel: logLevelOf(read),
  };
}

export function logLevelOf(read: EnvironmentReader): LogLevel {
  return read.choice('LOG_LEVEL', logLevels, usual.LOG_LEVEL);
}

export function gatewayConfig(read: EnvironmentReader): GatewayConfig {
  const listen = listenConfig(read, usual.PORT);
  const identity = identityConfig(read, listen.isProduction);
  const transport = read.choice('SUBGRAPH_TRANSPORT', ['in-process', 'http'], usual.SUBGRAPH_TRANSPORT);
  return {
    ...listen,
    identity,
    transport,
    publicUrl: listen.isProduction
      ? read.secureUrl('PUBLIC_URL', null)
      : read.url('PUBLIC_URL', `http://${listen.host}:${listen.port}`),
    idSecrets: identity === null ? [developmentSecret] : secretsOf(read, 'ID_SECRET'),
    requestBudgetMs: requestBudgetMs(read),
    processes: read.wholeNumber('SERVER_PROCESSES', usual.SERVER_PROCESSES, [1, 64]),
    stopDelayMs: stopDelayMs(read),
    edge: edgeConfig(read, listen.isProduction),
    telemetry: telemetryConfig(read),
    databaseUrl: read.optional('DATABASE_URL') === null ? null : read.url('DATABASE_URL', null),
    supergraphPath: read.text('SUPERGRAPH_PATH', usual.SUPERGRAPH_PATH),
    subgraphSecret: read.optional('SUBGRAPH_SECRET') === null ? null : secretsOf(read, 'SUBGRAPH_SECRET')[0],
    subgraphUrl: (name) => {
      const variable = `SUBGRAPH_URL_${name.toUpperCase().replaceAll('-', '_')}`;
      return read.optional(variable) === null ? null : read.url(variable, null);
    },
  };
}

export function stopDelayMs(read: EnvironmentReader): number {
  return read.wholeNumber('STOP_DELAY_SECONDS', usual.STOP_DELAY_SECONDS, [0, 60]) * 1_000;
}

export function identityConfig(read: EnvironmentReader, isProductive: boolean): IdentityConfig | null {
  return !isProductive && read.optional('OIDC_ISSUER') === null ? null : requiredIdentity(read);
}

export function requiredIdentity(read: EnvironmentReader): IdentityConfig {
  return {
    issuer: read.secureUrl('OIDC_ISSUER', null),
    audience: read.required('OIDC_AUDIENCE'),
    longestLifeMs:
      read.wholeNumber('OIDC_TOKEN_MAX_MINUTES', usual.OIDC_TOKEN_MAX_MINUTES, [1, 10_080]) * 60_000,
  };
}

export function servicesConfig(read: EnvironmentReader): ServicesConfig {
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
export function secretsOf(read: EnvironmentReader, name: string): readonly [string, ...string[]] {
  const [first = '', ...others] = read.list(name);
  if (first !== '' && [first, ...others].some((secret) => secret.length < 32))
    read.problem(`${name} has at least 32 characters${others.length > 0 ? ' each' : ''}.`);
  return [first, ...others];
}

export function noticeConfig(read: EnvironmentReader): NoticeConfig {
  const cbillCode = read.optional('PAGOPA_CBILL_CODE');
  const account = read.optional('PAGOPA_POSTAL_ACCOUNT');
  if (account === null) return { cbillCode, postal: null };
  if (!/^\d{1,12}$/.test(account)) read.problem('PAGOPA_POSTAL_ACCOUNT has at most 12 digits.');
  const authorisation = read.required('PAGOPA_POSTAL_AUTHORISATION');
  return { cbillCode, postal: { account: account.padStart(12, '0'), authorisation } };
}

export function telemetryConfig(read: EnvironmentReader): TelemetryConfig {
  const endpoint = 'OTEL_EXPORTER_OTLP_ENDPOINT';
  return {
    metricsPort: optionalPort(read, 'METRICS_PORT'),
    otlpEndpoint: read.optional(endpoint) === null ? null : read.url(endpoint, null),
  };
}

export function optionalPort(read: EnvironmentReader, name: string): number | null {
  return read.optional(name) === null ? null : read.wholeNumber(name, 0, [0, 65_535]);
}

export function requestBudgetMs(read: EnvironmentReader): number {
  return read.wholeNumber('REQUEST_BUDGET_MS', usual.REQUEST_BUDGET_MS, [100, 120_000]);
}
