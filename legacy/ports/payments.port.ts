import type { Found } from '../../core/unreadable.ts';
import type {
  CalendarDate,
  CodiceFiscale,
  EuroCents,
  Instant,
  Iuv,
  NumeroAvviso,
} from '../../core/values/index.ts';
import type { ChildKey } from './anagrafe.port.ts';
import type { PositionKey } from './keys.ts';
import type { Page, PageRequest } from './page.ts';
import type { InstalmentKey } from './school-billing.port.ts';
import type { Viewer } from './viewer.ts';

/** The legacy system's certain statuses. Only the payments subgraph knows a payment in progress. */
export type PositionStatus = 'PAYABLE' | 'PAID' | 'EXPIRED' | 'CANCELLED' | 'UNKNOWN';

export interface ReceiptRecord {
  readonly receiptId: string;
  readonly paidAt: Instant;
  readonly amount: EuroCents;
  readonly pspName: string;
  readonly payerName: string | null;
  /** The payer's codice fiscale or partita IVA; null if the receipt does not have it. */
  readonly payer: CodiceFiscale | null;
}
export interface DebtRecord {
  readonly key: PositionKey;
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

/** Which input of a spontaneous payment a field of a form asks for. */
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
    /** Null for an input that this API does not know: the field cannot be filled in. */
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

/**
 * Debts and payments as the legacy system holds them. `hidden` are codici fiscali of children: debts and payments for them
 * are left out. Every method is one statement and answers in the order of the keys.
 *
 * Errors: LEGACY_UNAVAILABLE, LEGACY_CONTRACT_BROKEN.
 */
export interface PaymentsPort {
  /** Every position of each debtor, by due date (those without one last), then by key. */
  debtsOf(
    debtors: readonly CodiceFiscale[],
    hidden: Viewer['hidden'],
  ): Promise<readonly (readonly DebtRecord[])[]>;
  /**
   * Positions by notice number and creditor, for any debtor. Which of their fields are public is decided by a rule
   * in the subgraph.
   */
  debtsByNotice(
    notices: readonly { readonly numeroAvviso: NumeroAvviso; readonly creditor: CodiceFiscale }[],
    hidden: Viewer['hidden'],
  ): Promise<readonly Found<DebtRecord>[]>;
  debtsByIuv(iuvs: readonly Iuv[], hidden: Viewer['hidden']): Promise<readonly Found<DebtRecord>[]>;
  /**
   * The payments of each debtor or payer, newest first. Dates are days of Europe/Rome, first and last included.
   * `without` excludes payments known from elsewhere (certain receipts, and all receipts of certain debts) and those of
   * hidden children.
   */
  paymentsOf(
    payers: readonly CodiceFiscale[],
    range: { readonly from: CalendarDate | null; readonly to: CalendarDate | null },
    page: PageRequest<PaymentCursor>,
    without: {
      readonly receiptIds: readonly string[];
      readonly iuvs: readonly Iuv[];
      readonly hidden: Viewer['hidden'];
    },
  ): Promise<readonly Page<PaymentRecord, PaymentCursor>[]>;
  /**
   * Active kinds by name; `search` is a part of the name: case, accents and apostrophes make no difference. Fields in
   * order.
   */
  paymentKinds(
    search: string | null,
    page: PageRequest<PaymentKindCursor>,
  ): Promise<Page<PaymentKindRecord, PaymentKindCursor>>;
  paymentKindsByCode(codes: readonly string[]): Promise<readonly Found<PaymentKindRecord>[]>;
  /**
   * For each of the viewer's own instalments, the code of the kind that pays it after a returned direct debit; else
   * null.
   */
  spontaneousKinds(
    viewer: Viewer,
    instalments: readonly InstalmentKey[],
  ): Promise<readonly (string | null)[]>;
}
