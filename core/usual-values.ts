/** The values of variables that are not set, where they are the same in every program. */
export const usual = {
  PORT: 4_000,
  HOST: '127.0.0.1',
  SERVER_PROCESSES: 1,
  STOP_DELAY_SECONDS: 0,
  LOG_LEVEL: 'info',
  DATA_DIR: '.data',
  DEMO_IDENTITY_PORT: 4_010,
  DEMO_PAGOPA_PORT: 4_012,
  DEMO_PORTAL_PORT: 4_013,
  OIDC_TOKEN_MAX_MINUTES: 720,
  PAYMENT_LOCK_MINUTES: 30,
  PAYMENT_SPONTANEOUS_DAYS: 30,
  PAYMENT_HIGHEST_EUROS: 10_000,
  SUBGRAPH_TRANSPORT: 'in-process',
  SUPERGRAPH_PATH: 'schema/supergraph.graphql',
  REQUEST_BUDGET_MS: 5_000,
  TRUSTED_DOCUMENTS_PATH: 'schema/documents.json',
  PUBLIC_LOOKUPS_PER_MINUTE: 60,
  MAX_IN_FLIGHT: 1_000,
  PAGOPA_TIMEOUT_MS: 3_000,
  PAGOPA_NODE_PORT: 4_005,
  PAGOPA_NODE_HOST: '127.0.0.1',
} as const;

/** What each variable means, with its usual value at the end. */
export function withUsual<Name extends string>(
  meanings: Readonly<Record<Name, string>>,
  values: Readonly<Record<string, string | number>>,
): Readonly<Record<Name, string>> {
  const written = Object.entries<string>(meanings).map(([name, meaning]) => [
    name,
    Object.hasOwn(values, name) ? `${meaning}; ${values[name]}` : meaning,
  ]);
  return Object.fromEntries(written);
}
