import { buffer } from 'node:stream/consumers';
import { afterAll } from '@jest/globals';
import { execute } from 'graphql';
import type { DataSource } from 'typeorm';
import { type AuditEvent, memoryAudit } from '../../core/audit.ts';
import type { Caller } from '../../core/identity/caller.ts';
import { createLog } from '../../core/log.ts';
import { romeDateOf } from '../../core/values/index.ts';
import { openLegacy } from '../../legacy/open-legacy.ts';
import type { Legacy } from '../../legacy/ports/legacy.ts';
import { createPaymentsSubgraph } from '../../subgraphs/payments/index.ts';
import { askReceipts } from '../../subgraphs/payments/receipts/ask-receipts.job.ts';
import { createGrants } from '../../subgraphs/shared/grants.ts';
import { createRequestContext, type Services } from '../../subgraphs/shared/request-context.ts';
import { createSettlements } from '../../subgraphs/shared/settlements/settlement.store.ts';
import { validDocument } from './ask-subgraph.ts';
import { legacyTown, testClock } from './databases.ts';
import { type FakePagopa, fakePagopa } from './fake-pagopa.ts';
import { testFileKeys } from './file-keys.ts';
import { openMigratedDatabase } from './migrated-database.ts';
import { payingRules } from './paying-rules.ts';
import { testRetention } from './retention.ts';

export interface PayingTown {
  readonly services: Services;
  readonly database: DataSource;
  /** The same as its owner, who may do what our programs may not. */
  readonly owner: DataSource;
  readonly legacy: Legacy;
  readonly pagopa: FakePagopa;
  /** Jobs that were asked for, and when for, newest last. */
  readonly jobs: { readonly queue: string; readonly key: string; readonly runAt: Date | undefined }[];
  readonly logLines: string[];
  readonly audited: readonly AuditEvent[];
  /** Statements sent to our own database since this was last emptied. */
  readonly statements: string[];
  /** Lets time pass. */
  pass(ms: number): void;
  /** Does what is due for a session, as a worker would. */
  work(key: string): Promise<Date | null>;
  ask(
    source: string,
    variables: Record<string, unknown>,
    as: Caller,
    language?: 'it' | 'en',
  ): Promise<{ readonly data: never; readonly errors?: readonly { readonly message: string }[] }>;
  /** What an address of a document serves; null when nothing is there any more. */
  fetchDocument(address: string): Promise<Buffer | null>;
  close(): Promise<void>;
}

let built: ReturnType<typeof createPaymentsSubgraph> | undefined;
/** Built once for all tests of a file: it keeps nothing of them. */
export function paymentsSubgraph(): ReturnType<typeof createPaymentsSubgraph> {
  built ??= createPaymentsSubgraph();
  return built;
}

let legacySystem: Legacy | undefined;
afterAll(() => legacySystem?.close());

/** Opened once for all tests of a file, until one closes it: a new connection plans each statement anew. */
async function openLegacySystem(): Promise<Legacy> {
  legacySystem ??= openLegacy({ vendor: 'hypersic', url: await legacyTown() });
  const { close, ...ports } = legacySystem;
  return {
    ...ports,
    close: () => {
      legacySystem = undefined;
      return close();
    },
  };
}

/** Payments over the demo town's legacy tables, our own tables and a pagoPA that a test rules. */
export async function openPayingTown(more: Partial<Services> = {}): Promise<PayingTown> {
  let moment = testClock.now().getTime();
  const now = () => new Date(moment);
  const clock = { now, today: () => romeDateOf(now()) };
  const own = await openMigratedDatabase();
  const { service: database, owner } = own;
  const statements: string[] = [];
  const ignore = () => undefined;
  database.logger = {
    logQuery: (text) => void statements.push(text),
    logQueryError: ignore,
    logQuerySlow: ignore,
    logSchemaBuild: ignore,
    logMigration: ignore,
    log: ignore,
  };
  const legacy = more.legacy ?? (await openLegacySystem());
  const pagopa = fakePagopa(now);
  const jobs: { queue: string; key: string; runAt: Date | undefined }[] = [];
  const logLines: string[] = [];
  const audit = memoryAudit();
  const services: Services = {
    legacy,
    database,
    settlements: createSettlements(database),
    jobs: { add: async (_, queue, key, runAt) => void jobs.push({ queue, key, runAt }) },
    pagopa,
    paying: payingRules,
    webhooks: { needsHttps: false, allowsLoopback: true },
    documents: createGrants({
      secrets: ['a secret of the test'],
      publicUrl: 'http://town.test',
      lifetimeMs: 300_000,
      clock,
    }),
    fileKeys: testFileKeys,
    retention: testRetention,
    notices: { cbillCode: null, postal: null },
    clock,
    log: createLog((line) => void logLines.push(line)),
    audit,
    ...more,
  };
  const { schema, documents } = await paymentsSubgraph();
  return {
    services,
    database,
    owner,
    legacy,
    pagopa,
    jobs,
    logLines,
    audited: audit.events,
    statements,
    pass: (ms) => {
      moment += ms;
    },
    work: (key) => askReceipts.run(services, key, AbortSignal.timeout(10_000)),
    async ask(source, variables, caller, language = 'it') {
      const document = validDocument(schema, source);
      const context = createRequestContext(services, { caller, requestId: 'request-1', language });
      const result = await execute({ schema, document, contextValue: context, variableValues: variables });
      return JSON.parse(JSON.stringify(result));
    },
    async fetchDocument(address) {
      const grant = services.documents.read('payments', new URL(address).pathname.split('/')[3] ?? '');
      if (grant === null || grant === 'expired') throw new Error('The address does not work.');
      const context = createRequestContext(services, {
        caller: grant.caller,
        requestId: 'request-2',
        language: 'it',
      });
      const document = await documents[grant.kind]?.(context, grant.parts);
      if (document == null) return null;
      return buffer(await document.read({ start: 0, end: document.sizeBytes - 1 }));
    },
    close: own.giveBack,
  };
}
