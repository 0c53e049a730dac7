import type { CalendarDate, CodiceFiscale, EuroCents } from '../../core/values/index.ts';

/**
 * One payment of one instalment, as reported by the partner that collected it.
 *
 * Texts are as written, unchecked: `iuv` and `numeroAvviso` have digits only, usually 15 or 17 and 18. Null where
 * the file is empty.
 */
export interface ReconciliationRow {
  readonly serviceCode: string;
  readonly serviceDescription: string | null;
  /** The debtor's id in the municipality's own records. */
  readonly debtorReference: string | null;
  /** Codice fiscale or partita IVA. */
  readonly debtor: string | null;
  readonly debtorName: string | null;
  /** Shared by the instalments of one position. */
  readonly debtReference: string | null;
  readonly issuedOn: CalendarDate | null;
  readonly description: string | null;
  /** Of the whole position. */
  readonly debtAmount: EuroCents | null;
  readonly instalmentReference: string | null;
  readonly numeroAvviso: string | null;
  readonly iuv: string;
  readonly dueOn: CalendarDate | null;
  readonly paidOn: CalendarDate | null;
  /** Null if it was collected but is not reconciled yet. */
  readonly paidAmount: EuroCents | null;
  readonly pspName: string | null;
  readonly paymentMethod: string | null;
  readonly iban: string | null;
  /** The PSP's settlement flow. Null if it is not reconciled yet. */
  readonly flowId: string | null;
  readonly flowDate: CalendarDate | null;
  readonly notes: string | null;
  /** At most ten. */
  readonly quotas: readonly {
    readonly level: 'CAP' | 'ACC';
    readonly code: string;
    readonly amount: EuroCents;
  }[];
}

/** A line of a file, from 2 (the first is the head). `problem` says by column what was expected. */
export type ReconciliationLine =
  | { readonly line: number; readonly row: ReconciliationRow }
  | { readonly line: number; readonly problem: string };

export interface ReconciliationHead {
  readonly creditor: CodiceFiscale;
  readonly date: CalendarDate;
  /** Sequence number within the day, 1 to 999. */
  readonly sequence: number;
}

export interface ReconciliationFile extends ReconciliationHead {
  readonly name: string;
  /** Read while it is consumed, and anew each time. An unreadable line does not stop the file. */
  readonly lines: AsyncIterable<ReconciliationLine>;
}

/** Files that carry payments from and to the legacy system. */
export interface ReconciliationPort {
  /**
   * The files at a path: one file, or those of an archive, all with valid names and heads.
   *
   * Errors: BAD_USER_INPUT with the reason; then none of it may be used.
   */
  open(path: string): Promise<readonly ReconciliationFile[]>;
  /** A file to write, with the name that its head requires. Texts that are too long for the format are cut. */
  write(
    head: ReconciliationHead,
    rows: AsyncIterable<ReconciliationRow>,
  ): { readonly name: string; readonly text: AsyncIterable<string> };
}
