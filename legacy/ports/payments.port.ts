import type {
  CalendarDate,
  CodiceFiscale,
  EuroCents,
  Instant,
  Iuv,
  NumeroAvviso,
} from '../../core/values/index.ts';
import type { ChildKey } from './anagrafe.port.ts';
import type { Page, PageRequest } from './page.ts';
import type { InstalmentKey } from './school-billing.port.ts';

/** What the register says for certain. A payment in progress is known to us and not to it. */
export type PositionStatus = 'PAYABLE' | 'PAID' | 'EXPIRED' | 'CANCELLED' | 'UNKNOWN';

export interface ReceiptRecord {
  readonly receiptId: string;
  readonly paidAt: Instant;
  readonly amount: EuroCents;
  readonly pspName: string;
  readonly payerName: string | null;
  /** Codice fiscale or partita IVA of who paid; null when the receipt does not say. */
  readonly payer: CodiceFiscale | null;
}
export interface DebtRecord {
  readonly key: number;
  readonly creditor: CodiceFiscale;
  readonly debtor: CodiceFiscale;
  readonly iuv: Iuv;
  readonly numeroAvviso: NumeroAvviso;
  readonly description: string;
  readonly amount: EuroCents;
  readonly dueOn: CalendarDate | null;
  readonly status: PositionStatus;
  readonly childKey: ChildKey | null;
  readonly instalment: InstalmentKey | null;
  readonly receipt: ReceiptRecord | null;
}
export interface PaymentRecord {
  readonly debtor: CodiceFiscale;
  readonly numeroAvviso: NumeroAvviso;
  readonly description: string;
  readonly receipt: ReceiptRecord;
}
export interface PaymentCursor {
  readonly paidAt: Instant;
  readonly receiptId: string;
}

/** What a field of a kind's form asks for, of what every spontaneous payment may say. */
export type PaymentKindInput =
  | 'payerCodice'
  | 'payerName'
  | 'email'
  | 'userCode'
  | 'beneficiaryName'
  | 'period'
  | 'school'
  | 'notes'
  | 'amount';

export interface PaymentKindRecord {
  readonly code: string;
  readonly name: string;
  readonly fields: readonly {
    readonly code: string;
    /** Null for what is not known here: it cannot be filled in. */
    readonly input: PaymentKindInput | null;
    readonly label: string;
    readonly help: string | null;
    readonly required: boolean;
    readonly hidden: boolean;
    readonly options: readonly string[];
  }[];
}
export interface PaymentKindCursor {
  readonly name: string;
  readonly code: string;
}

/** Debts and payments as the register holds them. One statement a method; answers in the order of the keys. Errors: LEGACY_UNAVAILABLE, LEGACY_CONTRACT_BROKEN. */
export interface PaymentsPort {
  /** Every position of each debtor, by due date (none last) and then by key. */
  debtsOf(debtors: readonly CodiceFiscale[]): Promise<readonly (readonly DebtRecord[])[]>;
  /** Positions by notice and creditor, whoever owes them: what is public of them is a rule above. */
  debtsByNotice(
    notices: readonly { readonly numeroAvviso: NumeroAvviso; readonly creditor: CodiceFiscale }[],
  ): Promise<readonly (DebtRecord | null)[]>;
  debtsByIuv(iuvs: readonly Iuv[]): Promise<readonly (DebtRecord | null)[]>;
  /**
   * What each debtor or payer paid, newest first. Dates are Europe/Rome days, both included. `without` leaves out what
   * is known otherwise: certain receipts, and all those of certain debts.
   */
  paymentsOf(
    payers: readonly CodiceFiscale[],
    range: { readonly from: CalendarDate | null; readonly to: CalendarDate | null },
    page: PageRequest<PaymentCursor>,
    without?: { readonly receiptIds: readonly string[]; readonly iuvs: readonly Iuv[] },
  ): Promise<readonly Page<PaymentRecord>[]>;
  /** By name, active ones only; `search` is a part of the name, whatever its case. Fields in order. */
  paymentKinds(search: string | null, page: PageRequest<PaymentKindCursor>): Promise<Page<PaymentKindRecord>>;
  paymentKindsByCode(codes: readonly string[]): Promise<readonly (PaymentKindRecord | null)[]>;
  /** The code of the kind that pays each of the applicant's instalments when a direct debit came back; null otherwise. */
  spontaneousKinds(
    applicant: CodiceFiscale,
    instalments: readonly InstalmentKey[],
  ): Promise<readonly (string | null)[]>;
}
