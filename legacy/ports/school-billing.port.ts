import type { Found } from '../../core/unreadable.ts';
import type {
  CalendarDate,
  CodiceFiscale,
  EuroCents,
  Iuv,
  SchoolYear,
  YearMonth,
} from '../../core/values/index.ts';
import type { ChildKey } from './anagrafe.port.ts';
import type { FileRef } from './files.port.ts';
import type { EntryKey, PracticeKey } from './keys.ts';
import type { Page, PageRequest } from './page.ts';
import type { Viewer } from './viewer.ts';

export interface EnrolmentKey {
  readonly year: number;
  readonly number: number;
}
export interface InvoiceKey {
  readonly year: number;
  readonly number: number;
}
export interface InstalmentKey {
  readonly year: number;
  readonly number: number;
  readonly rata: number;
}

export type SchoolLevel = 'INFANZIA' | 'PRIMARIA' | 'SECONDARIA' | 'UNKNOWN';
export type EnrolmentStatus = 'PENDING' | 'ACTIVE' | 'SUSPENDED' | 'ENDED' | 'UNKNOWN';
export type PaymentMethod = 'PAGOPA' | 'SDD' | 'UNKNOWN';
export type InstalmentStatus =
  | 'DUE'
  | 'OVERDUE'
  | 'PARTIALLY_PAID'
  | 'PAID'
  | 'DIRECT_DEBIT_PENDING'
  | 'DIRECT_DEBIT_RETURNED';

export interface EnrolmentRecord {
  readonly key: EnrolmentKey;
  readonly childKey: ChildKey;
  readonly schoolYear: SchoolYear;
  readonly service: { readonly code: string; readonly name: string };
  readonly school: { readonly code: string; readonly name: string; readonly level: SchoolLevel };
  readonly classroom: string | null;
  readonly status: EnrolmentStatus;
  readonly startsOn: CalendarDate | null;
  readonly endsOn: CalendarDate | null;
  readonly paymentMethod: PaymentMethod;
  readonly diet: string | null;
  /** The practice filed elsewhere that led to it; null if none is known. */
  readonly practiceKey: PracticeKey | null;
  /** The protocol entry of that practice; null if none is known. */
  readonly entryKey: EntryKey | null;
  /** The applicant who shares the child; null for an application of the viewer. */
  readonly sharedBy: CodiceFiscale | null;
}

/** A child's school years, as one applicant may see them. */
export interface SchoolRecord {
  /**
   * The applicants of each year: of the viewer's own `enrolments`, and of others' accepted applications without
   * any detail. `isShared`: one of the others shares the child with the viewer.
   */
  readonly applications: readonly {
    readonly schoolYear: SchoolYear;
    readonly isApplicant: boolean;
    readonly isShared: boolean;
  }[];
  /**
   * The viewer's own accepted applications and those of a giver, newest school year first; also the viewer's undecided
   * ones for a child of their household.
   */
  readonly enrolments: readonly EnrolmentRecord[];
}

export interface InvoiceRecord {
  readonly key: InvoiceKey;
  readonly childKey: ChildKey;
  readonly issuedOn: CalendarDate;
  readonly periodFrom: YearMonth;
  readonly periodTo: YearMonth;
  readonly holderName: string;
  readonly holderCodiceFiscale: CodiceFiscale | null;
  /** Sums over the instalments. */
  readonly amount: EuroCents;
  readonly paid: EuroCents;
  readonly supportingBank: string | null;
}
export interface InvoiceLineRecord {
  readonly description: string;
  readonly quantity: number;
  readonly unitPrice: EuroCents;
  readonly amount: EuroCents;
}
export interface InstalmentRecord {
  readonly key: InstalmentKey;
  readonly childKey: ChildKey;
  readonly amount: EuroCents;
  readonly paid: EuroCents;
  readonly dueOn: CalendarDate | null;
  readonly status: InstalmentStatus;
  readonly messaARuolo: boolean;
  readonly iuv: Iuv | null;
}
export interface InvoiceAttachmentRecord {
  readonly invoice: InvoiceKey;
  readonly childKey: ChildKey;
  readonly sequence: number;
  readonly kind: string;
  readonly description: string;
  readonly file: FileRef | null;
}

/** The order of all invoice lists: newest first, then by descending year and number. */
export interface InvoiceCursor {
  readonly issuedOn: CalendarDate;
  readonly key: InvoiceKey;
}
/** The order of the portal's list: as invoices, then by ascending rata. */
export interface InstalmentCursor {
  readonly issuedOn: CalendarDate;
  readonly key: InstalmentKey;
}

/** Null members do not filter. `status` keeps an invoice if one of its instalments has one of the statuses. */
export interface InvoiceFilter {
  readonly issuedFrom: CalendarDate | null;
  readonly issuedTo: CalendarDate | null;
  readonly status: readonly InstalmentStatus[] | null;
  readonly schoolYear: SchoolYear | null;
}

/** The day and the settlements from which balances are computed, beside the legacy system's own figures. */
export interface BalanceBasis {
  readonly today: CalendarDate;
  /**
   * Settlements by IUV, or of one instalment with any IUV. Each counts as paid, up to the instalment's amount,
   * until the legacy system shows that payment itself: in figures, conditions and filters alike.
   */
  readonly settled: readonly {
    readonly iuv: Iuv;
    readonly amount: EuroCents;
    readonly instalment?: InstalmentKey | null;
  }[];
}

export interface AttendanceRecord {
  readonly date: CalendarDate;
  readonly status: 'PRESENT' | 'ABSENT' | 'CLOSED';
}

/**
 * Enrolments, invoices and attendance. Every method is one statement for any number of keys, answers in the order
 * of the keys, and returns only data of accepted applications of the viewer, or of an applicant who shares the child:
 * another applicant's invoice and an unknown one are the same null or empty list.
 *
 * Errors: LEGACY_UNAVAILABLE, LEGACY_CONTRACT_BROKEN.
 */
export interface SchoolBillingPort {
  recordsByChild(viewer: Viewer, children: readonly ChildKey[]): Promise<readonly SchoolRecord[]>;
  enrolments(viewer: Viewer, keys: readonly EnrolmentKey[]): Promise<readonly Found<EnrolmentRecord>[]>;

  /** One page per child. */
  invoicesByChild(
    viewer: Viewer,
    children: readonly ChildKey[],
    filter: InvoiceFilter,
    page: PageRequest<InvoiceCursor>,
    basis: BalanceBasis,
  ): Promise<readonly Page<InvoiceRecord, InvoiceCursor>[]>;
  /** One page over all children, or over those given. */
  invoicesOf(
    viewer: Viewer,
    children: readonly ChildKey[] | null,
    filter: InvoiceFilter,
    page: PageRequest<InvoiceCursor>,
    basis: BalanceBasis,
  ): Promise<Page<InvoiceRecord, InvoiceCursor>>;
  invoices(
    viewer: Viewer,
    keys: readonly InvoiceKey[],
    basis: Pick<BalanceBasis, 'settled'>,
  ): Promise<readonly Found<InvoiceRecord>[]>;

  /**
   * One page of instalments over all children, or over those given; `status` filters the instalments themselves.
   */
  instalmentsOf(
    viewer: Viewer,
    children: readonly ChildKey[] | null,
    filter: InvoiceFilter,
    page: PageRequest<InstalmentCursor>,
    basis: BalanceBasis,
  ): Promise<Page<InstalmentRecord & { readonly issuedOn: CalendarDate }, InstalmentCursor>>;
  instalments(
    viewer: Viewer,
    keys: readonly InstalmentKey[],
    basis: BalanceBasis,
  ): Promise<readonly Found<InstalmentRecord>[]>;
  instalmentsByInvoice(
    viewer: Viewer,
    keys: readonly InvoiceKey[],
    basis: BalanceBasis,
  ): Promise<readonly (readonly InstalmentRecord[])[]>;

  linesByInvoice(
    viewer: Viewer,
    keys: readonly InvoiceKey[],
  ): Promise<readonly (readonly InvoiceLineRecord[])[]>;
  attachmentsByInvoice(
    viewer: Viewer,
    keys: readonly InvoiceKey[],
  ): Promise<readonly (readonly InvoiceAttachmentRecord[])[]>;

  /**
   * The recorded days of each child and month, in order; empty if there are none. Only days of accepted enrolments that
   * the viewer sees, from their first to their last day.
   */
  attendance(
    viewer: Viewer,
    keys: readonly { readonly childKey: ChildKey; readonly month: YearMonth }[],
  ): Promise<readonly (readonly AttendanceRecord[])[]>;
}
