import { type DocumentNode, execute, type GraphQLSchema, parse, validate } from 'graphql';
import type { DataSource } from 'typeorm';
import { memoryAudit } from '../../core/audit.ts';
import { frozenClock } from '../../core/clock.ts';
import type { Caller } from '../../core/identity/caller.ts';
import { silentLog } from '../../core/log.ts';
import type { Legacy } from '../../legacy/ports/legacy.ts';
import { createGrants } from '../../subgraphs/shared/grants.ts';
import { noPagopa } from '../../subgraphs/shared/pagopa/no-pagopa.ts';
import { createRequestContext } from '../../subgraphs/shared/request-context.ts';
import type { Settlements } from '../../subgraphs/shared/settlements/settlement.store.ts';
import { testFileKeys } from './file-keys.ts';
import { payingRules } from './paying-rules.ts';
import { testRetention } from './retention.ts';

/** A port's methods that a test answers itself; only the wire is faked. */
export type FakeLegacy = { readonly [Port in keyof Legacy]?: Partial<Legacy[Port]> };

export const nothingSettled: Settlements = {
  ofDebtors: async () => [],
  ofIuvs: async () => [],
  record: async () => [],
  paidBetween: async function* () {},
};

/** Our own database, with nothing in it. */
export const nothingStored = { query: async () => [] } as unknown as DataSource;

const valid = new WeakMap<GraphQLSchema, Map<string, DocumentNode>>();

/** Validated once: a test file asks a few documents again and again. */
export function validDocument(schema: GraphQLSchema, source: string): DocumentNode {
  const known = valid.get(schema) ?? new Map<string, DocumentNode>();
  valid.set(schema, known);
  let document = known.get(source);
  if (document === undefined) {
    document = parse(source);
    const [invalid] = validate(schema, document);
    if (invalid !== undefined) throw invalid;
    known.set(source, document);
  }
  return document;
}

/** One operation against one subgraph's schema, as a caller, with the ports that the test gives. */
export async function askSubgraph(
  schema: GraphQLSchema,
  source: string,
  as: Caller,
  legacy: FakeLegacy,
  variables: Record<string, unknown> = {},
  database: DataSource | null = null,
  settlements: Partial<Settlements> = {},
) {
  const document = validDocument(schema, source);
  const audit = memoryAudit();
  const clock = frozenClock('2026-10-15T09:00');
  const documents = createGrants({
    secrets: ['a secret of the test'],
    publicUrl: 'http://town.test',
    lifetimeMs: 300_000,
    clock,
  });
  const services = {
    legacy: legacy as Legacy,
    database: database ?? nothingStored,
    settlements: { ...nothingSettled, ...settlements },
    jobs: { add: async () => undefined },
    pagopa: noPagopa,
    webhooks: { needsHttps: false, allowsLoopback: true },
    paying: { ...payingRules, returnOrigins: [] },
    documents,
    fileKeys: testFileKeys,
    retention: testRetention,
    notices: { cbillCode: null, postal: null },
    clock,
    log: silentLog,
    audit,
  };
  const context = createRequestContext(services, { caller: as, requestId: 'request-1', language: 'it' });
  const result = await execute({ schema, document, contextValue: context, variableValues: variables });
  return {
    ...(JSON.parse(JSON.stringify(result)) as { data: unknown; errors?: readonly Record<string, unknown>[] }),
    events: audit.events,
  };
}
