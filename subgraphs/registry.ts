import { CreateEdge1766000000000 } from '../core/migrations/create-edge-1766000000000.ts';
import { RegisterByClient1796000000000 } from '../core/migrations/register-by-client-1796000000000.ts';
import { anagrafeDefinition } from './anagrafe/index.ts';
import { integrationsDefinition, integrationsMigrations } from './integrations/index.ts';
import { paymentsDefinition, paymentsJobs, paymentsMigrations } from './payments/index.ts';
import {
  practicesDefinition,
  practicesEntities,
  practicesJobs,
  practicesMigrations,
} from './practices/index.ts';
import { ForgetPersons1796300000000 } from './retention/migrations/forget-persons-1796300000000.ts';
import { IndexRetention1796300002000 } from './retention/migrations/index-retention-1796300002000.ts';
import { LetRetentionRemove1796200003000 } from './retention/migrations/let-retention-remove-1796200003000.ts';
import { RestrictSubjects1796300001000 } from './retention/migrations/restrict-subjects-1796300001000.ts';
import { removeOverdue } from './retention/retention.job.ts';
import { schoolBillingDefinition } from './school-billing/index.ts';
import { CreateAudit1764000000000 } from './shared/audit/migrations/create-audit-1764000000000.ts';
import { ExtendAudit1768000000000 } from './shared/audit/migrations/extend-audit-1768000000000.ts';
import { KeepPseudonyms1796200002000 } from './shared/audit/migrations/keep-pseudonyms-1796200002000.ts';
import {
  FillAccessEntries1796400001000,
  ListAccessEntries1796400000000,
} from './shared/audit/migrations/list-access-entries-1796400000000.ts';
import type { JobDefinition } from './shared/jobs/job.ts';
import { AnnounceSettlements1796000004000 } from './shared/settlements/migrations/announce-settlements-1796000004000.ts';
import { CreateSettlementInstalments1763500000000 } from './shared/settlements/migrations/create-settlement-instalments-1763500000000.ts';
import { CreateSettlements1762000000000 } from './shared/settlements/migrations/create-settlements-1762000000000.ts';
import { CreateSharing1796100000000 } from './shared/sharing/migrations/create-sharing-1796100000000.ts';
import { refreshProtection } from './shared/sharing/protection.ts';
import { createSubgraph, type Subgraph, type SubgraphDefinition } from './shared/subgraph/create-subgraph.ts';

/** All subgraphs. A sixth one is a folder and a line here. */
export const registry = {
  anagrafe: { definition: anagrafeDefinition, url: 'http://127.0.0.1:4001/graphql' },
  practices: { definition: practicesDefinition, url: 'http://127.0.0.1:4002/graphql' },
  'school-billing': { definition: schoolBillingDefinition, url: 'http://127.0.0.1:4003/graphql' },
  payments: { definition: paymentsDefinition, url: 'http://127.0.0.1:4004/graphql' },
  // 4005 is the pagoPA listener's.
  integrations: { definition: integrationsDefinition, url: 'http://127.0.0.1:4006/graphql' },
} as const satisfies Readonly<Record<string, { definition: SubgraphDefinition; url: string }>>;

export type SubgraphName = keyof typeof registry;

export const definitions: readonly SubgraphDefinition[] = Object.values(registry).map(
  ({ definition }) => definition,
);

export function isSubgraphName(name: string): name is SubgraphName {
  return Object.hasOwn(registry, name);
}

export function createAllSubgraphs(): Promise<readonly Subgraph[]> {
  return Promise.all(definitions.map(createSubgraph));
}

/** Our own tables and their migrations, in the order in which they run. */
export const entities = practicesEntities;
export const migrations = [
  ...practicesMigrations,
  CreateSettlements1762000000000,
  CreateSettlementInstalments1763500000000,
  CreateAudit1764000000000,
  ExtendAudit1768000000000,
  ...paymentsMigrations,
  CreateEdge1766000000000,
  RegisterByClient1796000000000,
  ...integrationsMigrations,
  AnnounceSettlements1796000004000,
  CreateSharing1796100000000,
  KeepPseudonyms1796200002000,
  LetRetentionRemove1796200003000,
  ForgetPersons1796300000000,
  RestrictSubjects1796300001000,
  IndexRetention1796300002000,
  ListAccessEntries1796400000000,
  FillAccessEntries1796400001000,
];

/** The jobs that workers run. */
export const jobs: readonly JobDefinition[] = [
  ...practicesJobs,
  ...paymentsJobs,
  refreshProtection,
  removeOverdue,
];
