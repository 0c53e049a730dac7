import type { AnagrafePort } from './anagrafe.port.ts';
import type { FilesPort } from './files.port.ts';
import type { FormsPort } from './forms.port.ts';
import type { PaymentsPort } from './payments.port.ts';
import type { PracticesPort } from './practices.port.ts';
import type { ProtocolRegisterPort } from './protocol-register.port.ts';
import type { ReconciliationPort } from './reconciliation.port.ts';
import type { SchoolBillingPort } from './school-billing.port.ts';

/** One legacy system, of any vendor. */
export interface Legacy {
  readonly anagrafe: AnagrafePort;
  readonly practices: PracticesPort;
  readonly schoolBilling: SchoolBillingPort;
  readonly payments: PaymentsPort;
  readonly files: FilesPort;
  /** Form definitions: read from files, without a connection. */
  readonly forms: FormsPort;
  readonly reconciliation: ReconciliationPort;
  readonly protocolRegister: ProtocolRegisterPort;
  /** Resolves if the system answers and its tables are as documented. Errors: LEGACY_UNAVAILABLE, LEGACY_CONTRACT_BROKEN. */
  check(): Promise<void>;
  close(): Promise<void>;
}
