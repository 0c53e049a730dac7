/** A part of the code whose tests must notice a change, and the tests that are run for it, the quickest first. */
export interface Area {
  /** Files and folders, from the root. */
  readonly files: readonly string[];
  /** Test files and folders, one Jest run for each: the next one runs only while the mutant lives. */
  readonly tests: readonly string[];
}

export const areas: Readonly<Record<string, Area>> = {
  access: {
    files: [
      'subgraphs/shared/access',
      'subgraphs/anagrafe/access.ts',
      'subgraphs/practices/access.ts',
      'subgraphs/school-billing/access.ts',
      'subgraphs/payments/access.ts',
    ],
    tests: [
      'test/unit/subgraphs/shared/access',
      'test/unit/subgraphs/shared/enforcement',
      'test/e2e/access/access',
      'test/subgraph/shared/sharing',
    ],
  },
  audit: {
    files: ['subgraphs/shared/audit'],
    tests: [
      'test/unit/subgraphs/shared/audit',
      'test/subgraph/shared/audit',
      'test/subgraph/shared/retention',
    ],
  },
  av20: {
    files: ['legacy/hypersic/av20'],
    tests: ['test/unit/legacy/hypersic/av20', 'test/subgraph/payments/reconciliation.test'],
  },
  executor: {
    files: ['gateway/executor'],
    tests: ['test/unit/gateway/executor', 'test/oracle', 'test/federation'],
  },
  filing: {
    files: ['subgraphs/practices/filing'],
    tests: ['test/unit/subgraphs/practices', 'test/subgraph/practices/filing', 'test/schema'],
  },
  grants: {
    files: ['subgraphs/shared/documents', 'subgraphs/shared/grants.ts'],
    tests: ['test/unit/subgraphs/shared', 'test/schema', 'test/e2e/documents'],
  },
  guard: { files: ['core/resilience'], tests: ['test/unit/core/resilience'] },
  identity: { files: ['core/identity'], tests: ['test/unit/core/identity'] },
  limits: {
    files: ['gateway/limits', 'gateway/rate-limits'],
    tests: [
      'test/unit/gateway/limits',
      'test/unit/gateway/rate-limits',
      'test/unit/gateway',
      'test/e2e/edge/rate-limits',
    ],
  },
  mappers: {
    files: ['legacy/hypersic'],
    tests: [
      'test/unit/legacy',
      'test/unit/core/config',
      'test/contract',
      'test/subgraph/school-billing',
      'test/subgraph/anagrafe',
      'test/subgraph/practices/forms',
      'test/subgraph/payments/reconciliation.test',
      'test/e2e/unreadable',
    ],
  },
  receipts: {
    files: ['subgraphs/payments/receipts', 'subgraphs/shared/settlements'],
    tests: [
      'test/subgraph/payments/receipts',
      'test/subgraph/payments/locks',
      'test/subgraph/payments/spontaneous-payment',
      'test/subgraph/payments/reconciliation.test',
      'test/subgraph/shared/settlements',
    ],
  },
  registration: {
    files: ['subgraphs/practices/registration'],
    tests: [
      'test/unit/subgraphs/practices',
      'test/subgraph/practices/registration',
      'test/subgraph/practices/filing/submit',
      'test/schema',
    ],
  },
  sessions: {
    files: ['subgraphs/payments/sessions'],
    tests: [
      'test/unit/subgraphs/payments',
      'test/subgraph/payments/start-payment',
      'test/subgraph/payments/locks',
      'test/subgraph/payments/receipts',
      'test/subgraph/payments/spontaneous-payment',
      'test/subgraph/payments/model',
      'test/schema',
    ],
  },
  uploads: {
    files: ['subgraphs/practices/uploads', 'subgraphs/shared/uploads'],
    tests: [
      'test/unit/subgraphs/practices',
      'test/subgraph/practices/filing/uploads',
      'test/subgraph/practices/filing/draft',
      'test/schema',
    ],
  },
  values: { files: ['core/values'], tests: ['test/unit/core'] },
};
