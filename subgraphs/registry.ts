import { CreateEdge1766000000000 } from '../core/migrations/create-edge-1766000000000.ts';
import { RegisterByClient1796000000000 } from '../core/migrations/register-by-client-1796000000000.ts';
import { createAnagrafeSubgraph } from './anagrafe/index.ts';
import { createPaymentsSubgraph, paymentsJobs, paymentsMigrations } from './payments/index.ts';
import {
  createPracticesSubgraph,
  practicesEntities,
  practicesJobs,
  practicesMigrations,
} from './practices/index.ts';
import { createSchoolBillingSubgraph } from './school-billing/index.ts';
import { CreateAudit1764000000000 } from './shared/audit/migrations/create-audit-1764000000000.ts';
import { ExtendAudit1768000000000 } from './shared/audit/migrations/extend-audit-1768000000000.ts';
import type { JobDefinition } from './shared/jobs/job.ts';
import { CreateSettlementInstalments1763500000000 } from './shared/settlements/migrations/create-settlement-instalments-1763500000000.ts';
import { CreateSettlements1762000000000 } from './shared/settlements/migrations/create-settlements-1762000000000.ts';
import { SettlementEntity } from './shared/settlements/settlement.entity.ts';
import type { Subgraph } from './shared/subgraph/create-subgraph.ts';

/** All subgraphs. A fifth one is a folder and a line here. */
export const registry = {
  anagrafe: { create: createAnagrafeSubgraph, url: 'http://127.0.0.1:4001/graphql' },
  practices: { create: createPracticesSubgraph, url: 'http://127.0.0.1:4002/graphql' },
  'school-billing': { create: createSchoolBillingSubgraph, url: 'http://127.0.0.1:4003/graphql' },
  payments: { create: createPaymentsSubgraph, url: 'http://127.0.0.1:4004/graphql' },
} as const satisfies Readonly<Record<string, { create: () => Promise<Subgraph>; url: string }>>;

export type SubgraphName = keyof typeof registry;

export function isSubgraphName(name: string): name is SubgraphName {
  return Object.hasOwn(registry, name);
}

export function createAllSubgraphs(): Promise<readonly Subgraph[]> {
  return Promise.all(Object.values(registry).map(({ create }) => create()));
}

/** Our own tables and their migrations, in the order in which they run. */
export const entities = [...practicesEntities, SettlementEntity];
export const migrations = [
  ...practicesMigrations,
  CreateSettlements1762000000000,
  CreateSettlementInstalments1763500000000,
  CreateAudit1764000000000,
  ExtendAudit1768000000000,
  ...paymentsMigrations,
  CreateEdge1766000000000,
  RegisterByClient1796000000000,
];

/** The jobs that workers run. */
export const jobs: readonly JobDefinition[] = [...practicesJobs, ...paymentsJobs];
