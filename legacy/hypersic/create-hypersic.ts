import type { GuardWatch } from '../../core/resilience/guard.ts';
import type { Legacy } from '../ports/legacy.ts';
import { createAnagrafe } from './anagrafe.adapter.ts';
import { municipality } from './anagrafe.statements.ts';
import { createFiles } from './files.adapter.ts';
import { createPayments } from './payments.adapter.ts';
import { createPractices } from './practices.adapter.ts';
import { createReconciliation } from './reconciliation.adapter.ts';
import { createSchoolBilling } from './school-billing.adapter.ts';
import { openConnection } from './wire/connection.ts';

export interface HypersicOptions {
  /** Of hyperSIC's database, with a user that may only read. */
  readonly url: string;
  readonly poolSize?: number;
  readonly statementTimeoutMs?: number;
  /** Called with a statement's name, once a statement that is sent. */
  readonly observe?: (statementName: string) => void;
  readonly watch?: GuardWatch;
}

/** hyperSIC, read through its database: see README.md for the tables. */
export function createHypersic(options: HypersicOptions): Legacy {
  const { url, poolSize = 16, statementTimeoutMs = 4_000, observe = () => undefined, watch = {} } = options;
  const connection = openConnection({ url, poolSize, statementTimeoutMs, observe, watch });
  return {
    anagrafe: createAnagrafe(connection),
    practices: createPractices(connection),
    schoolBilling: createSchoolBilling(connection),
    payments: createPayments(connection),
    files: createFiles(connection),
    reconciliation: createReconciliation(),
    check: async () => void (await connection.read(municipality, {})),
    close: () => connection.close(),
  };
}
