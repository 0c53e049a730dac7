import { type Log, silentLog } from '../../core/log.ts';
import { databaseProblem } from '../../core/resilience/database-problem.ts';
import type { GuardWatch } from '../../core/resilience/guard.ts';
import { ContractBroken } from '../../core/unreadable.ts';
import type { Legacy } from '../ports/legacy.ts';
import { createAnagrafe } from './anagrafe.adapter.ts';
import { municipality } from './anagrafe.statements.ts';
import { createFiles } from './files.adapter.ts';
import { createForms } from './forms/forms.adapter.ts';
import { noProtocolRegister } from './no-protocol-register.ts';
import { createPayments } from './payments.adapter.ts';
import { createPractices } from './practices.adapter.ts';
import { createProtocolRegister } from './protocol-register.adapter.ts';
import type { ProtocolRegisterHabits } from './protocol-register.mapper.ts';
import { createReconciliation } from './reconciliation.adapter.ts';
import { createSchoolBilling } from './school-billing.adapter.ts';
import { openConnection } from './wire/connection.ts';
import { unavailable } from './wire/errors.ts';
import { createSoapCall, type SoapOptions } from './wire/soap.ts';
import { allStatements } from './wire/statement.ts';

export interface HypersicOptions {
  /** hyperSIC's database, with a user that may only read. */
  readonly url: string;
  readonly poolSize?: number;
  readonly statementTimeoutMs?: number;
  /** The protocol service; without it nothing can be registered. */
  readonly protocolRegister?: ProtocolRegisterOptions;
  /** Called with a statement's name, once for each statement sent. */
  readonly observe?: (statementName: string) => void;
  readonly watch?: GuardWatch;
  readonly log?: Log;
}

export interface ProtocolRegisterOptions extends SoapOptions, ProtocolRegisterHabits {
  readonly settleMs: number;
}

/** hyperSIC, read through its database (README.md has the tables) and written to through its protocol service. */
export function createHypersic(options: HypersicOptions): Legacy {
  const { url, poolSize = 16, statementTimeoutMs = 4_000, observe = () => undefined, watch = {} } = options;
  const { protocolRegister, log = silentLog } = options;
  const connection = openConnection({ url, poolSize, statementTimeoutMs, observe, watch, log });
  return {
    anagrafe: createAnagrafe(connection),
    practices: createPractices(connection),
    schoolBilling: createSchoolBilling(connection),
    payments: createPayments(connection),
    files: createFiles(connection),
    forms: createForms(),
    reconciliation: createReconciliation(),
    protocolRegister:
      protocolRegister === undefined
        ? noProtocolRegister
        : createProtocolRegister(
            createSoapCall({ ...protocolRegister, watch }),
            protocolRegister,
            protocolRegister.settleMs,
          ),
    async check() {
      try {
        await connection.read(municipality, {});
      } catch (error) {
        if (error instanceof ContractBroken) throw error;
        throw unavailable(databaseProblem('HYPERSIC_DATABASE_URL', url, (error as Error).cause));
      }
      await connection.check(allStatements);
    },
    close: () => connection.close(),
  };
}
