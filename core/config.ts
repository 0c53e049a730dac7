// The one place that knows the names of environment variables, the vendor's own aside (legacy/<vendor>/config.ts).
// .env.example has the same names in the same order.
import {
  type DemoConfig,
  developmentSecret,
  type GatewayConfig,
  gatewayConfig,
  type IdentityConfig,
  type ListenConfig,
  listenConfig,
  logLevelOf,
  type NoticeConfig,
  optionalPort,
  requestBudgetMs,
  requiredIdentity,
  type ServicesConfig,
  secretsOf,
  servicesConfig,
  stopDelayMs,
  telemetryConfig,
} from './config-parts.ts';
import { edgeConfig } from './edge-config.ts';
import { createEnvironmentReader, type Environment, type EnvironmentReader, nodeEnv } from './environment.ts';
import { type FileKeyList, readFileKeys } from './file-keys.ts';
import { type LogLevel } from './log.ts';
import { type ListenerConfig, readListenerConfig } from './pagopa-config.ts';
import { readPaymentConfig } from './payment-config.ts';
import type { TelemetryConfig } from './telemetry/open-telemetry.ts';
import { usual } from './usual-values.ts';

export { variables } from './config-variables.ts';
export type { DemoConfig, GatewayConfig, IdentityConfig, ListenConfig, NoticeConfig, ServicesConfig };
export { developmentSecret };

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
  readonly listener: ListenerConfig | null;
  readonly legacy: Legacy;
} {
  const read = createEnvironmentReader(env);
  return read.finish({
    gateway: gatewayConfig(read),
    services: servicesConfig(read),
    listener: readListenerConfig(read),
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
  /** The pagoPA listener, which only the payments subgraph opens; null if it is not configured. */
  readonly listener: ListenerConfig | null;
  readonly identity: IdentityConfig;
  readonly idSecrets: readonly [string, ...string[]];
  /** The credentials that the subgraph accepts; a gateway sends one of them. */
  readonly subgraphSecrets: readonly [string, ...string[]];
  /** Null: no port for health checks; `/health/ready` then requires the gateway's credential. */
  readonly healthPort: number | null;
  /** How long it answers as before after a signal to stop. */
  readonly stopDelayMs: number;
  readonly telemetry: TelemetryConfig;
  readonly legacy: Legacy;
} {
  const read = createEnvironmentReader(env);
  return read.finish({
    listen: listenConfig(read, defaultPort),
    services: servicesConfig(read),
    listener: readListenerConfig(read),
    identity: requiredIdentity(read),
    idSecrets: secretsOf(read, 'ID_SECRET'),
    subgraphSecrets: secretsOf(read, 'SUBGRAPH_SECRET'),
    healthPort: optionalPort(read, 'HEALTH_PORT'),
    stopDelayMs: stopDelayMs(read),
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
  /** Null: the worker answers no health checks. */
  readonly healthPort: number | null;
  readonly telemetry: TelemetryConfig;
  readonly legacy: Legacy;
} {
  const read = createEnvironmentReader(env);
  return read.finish({
    services: servicesConfig(read),
    listen: listenConfig(read, 0),
    healthPort: optionalPort(read, 'HEALTH_PORT'),
    telemetry: telemetryConfig(read),
    legacy: legacy(read),
  });
}

/** For commands about persons: a worker's services, and the secrets with which ids of persons are made. */
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
    services: servicesConfig(read),
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

/** The configuration of the command that migrates our own tables. */
export interface MigrationConfig {
  /** Connects as the owner of the tables. */
  readonly databaseUrl: string;
  /** The role that the other programs connect as; null leaves all rights unchanged. */
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
  const listen = listenConfig(read, usual.PORT);
  if (nodeEnv(env) === 'production')
    read.problem('NODE_ENV is production: the demo does not run there. Use npm run start:server.');
  return read.finish({
    ...listen,
    ...legacy(read),
    publicUrl: read.optional('PUBLIC_URL') === null ? null : read.url('PUBLIC_URL', null),
    dataDir: readDataDir(env),
    identityPort: read.wholeNumber('DEMO_IDENTITY_PORT', usual.DEMO_IDENTITY_PORT, [0, 65_535]),
    pagopaPort: read.wholeNumber('DEMO_PAGOPA_PORT', usual.DEMO_PAGOPA_PORT, [0, 65_535]),
    portalPort:
      read.optional('DEMO_PORTAL_PORT') === null
        ? null
        : read.wholeNumber('DEMO_PORTAL_PORT', 0, [0, 65_535]),
    pagopaChaos: read.optional('DEMO_PAGOPA_CHAOS'),
    payment: readPaymentConfig(read),
    transport: read.choice('SUBGRAPH_TRANSPORT', ['in-process', 'http'], usual.SUBGRAPH_TRANSPORT),
    requestBudgetMs: requestBudgetMs(read),
    edge: edgeConfig(read, false),
    telemetry: telemetryConfig(read),
  });
}

export function readLogLevel(env: Environment): LogLevel {
  return logLevelOf(createEnvironmentReader(env));
}

export function readDataDir(env: Environment): string {
  return createEnvironmentReader(env).text('DATA_DIR', usual.DATA_DIR);
}
