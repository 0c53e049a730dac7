import type { CodiceFiscale, EuroCents } from '../../../core/values/index.ts';
import type { InstalmentKey } from '../../../legacy/ports/school-billing.port.ts';

/** The known state of a debt when its receipt arrives. */
export interface OwedDebt {
  readonly debtor: CodiceFiscale;
  readonly amount: EuroCents;
  readonly description: string;
  readonly instalments: readonly InstalmentKey[];
  /** Whether the legacy system already shows the debt as paid, and by which receipt. */
  readonly paidInLegacy: boolean;
  readonly legacyReceiptId: string | null;
}
