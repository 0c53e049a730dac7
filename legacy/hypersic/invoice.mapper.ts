import { type CalendarDate, iuvAsHeld } from '../../core/values/index.ts';
import type { ChildKey } from '../ports/anagrafe.port.ts';
import type { FileRef } from '../ports/files.port.ts';
import type {
  InstalmentCursor,
  InstalmentRecord,
  InstalmentStatus,
  InvoiceAttachmentRecord,
  InvoiceCursor,
  InvoiceLineRecord,
  InvoiceRecord,
} from '../ports/school-billing.port.ts';
import {
  codiceFiscale,
  euroCents,
  flag,
  optionalDate,
  requiredDate,
  text,
  trimmed,
  yearMonth,
} from './formats.ts';
import type { AttachmentRow, InstalmentRow, InvoiceRow, LineRow } from './invoice.rows.ts';
import { toKey } from './keys.ts';

/**
 * One invoice. Its total is the sum of its instalments, so that the two never differ.
 *
 * Source: [PORTAL] facts/hypersic.md §3.4 to §3.6
 */
export function toInvoice(row: InvoiceRow): InvoiceRecord {
  return {
    key: { year: row.ANNO_FATT, number: row.NUM_FATT },
    childKey: trimmed(row.COD_ALUN) as ChildKey,
    issuedOn: requiredDate(row.DATA_FATT, 'SDI_FATT.DATA_FATT'),
    periodFrom: yearMonth(row.PER_DA, 'SDI_FATT.PER_DA'),
    periodTo: yearMonth(row.PER_A, 'SDI_FATT.PER_A'),
    holderName: `${trimmed(row.COGNOME)} ${trimmed(row.NOME)}`.trim(),
    holderCodiceFiscale: codiceFiscale(row.COD_FISC),
    amount: euroCents(row.TOT_RATE ?? '0', 'SDI_FATT_RATE.IMPORTO'),
    paid: euroCents(row.TOT_PAGATO ?? '0', 'SDI_FATT_RATE.PAGATO'),
    supportingBank: text(row.BANCA_APP),
  };
}

export function toInstalment(row: InstalmentRow): InstalmentRecord {
  const iuv = text(row.COD_IUV);
  return {
    key: { year: row.ANNO_FATT, number: row.NUM_FATT, rata: row.NUM_RATA },
    childKey: trimmed(row.COD_ALUN) as ChildKey,
    amount: euroCents(row.IMPORTO, 'SDI_FATT_RATE.IMPORTO'),
    paid: euroCents(row.PAGATO, 'SDI_FATT_RATE.PAGATO'),
    dueOn: optionalDate('dueOn', row.DATA_SCAD, 'SDI_FATT_RATE.DATA_SCAD'),
    status: row.CONDIZIONE as InstalmentStatus,
    messaARuolo: flag(row.MESSA_RUOLO, 'SDI_FATT_RATE.MESSA_RUOLO'),
    // [PORTAL] §3.4: may be empty on a valid invoice.
    iuv: iuv === null ? null : iuvAsHeld(iuv),
  };
}

/** An instalment with its invoice's day, by which lists of instalments are ordered. */
export function toListedInstalment(
  row: InstalmentRow,
): InstalmentRecord & { readonly issuedOn: CalendarDate } {
  return { ...toInstalment(row), issuedOn: requiredDate(row.DATA_FATT, 'SDI_FATT.DATA_FATT') };
}

export function toInvoiceCursor(row: InvoiceRow): InvoiceCursor {
  const key = { year: row.ANNO_FATT, number: row.NUM_FATT };
  return { issuedOn: requiredDate(row.DATA_FATT, 'SDI_FATT.DATA_FATT'), key };
}

export function toInstalmentCursor(row: InstalmentRow): InstalmentCursor {
  const key = { year: row.ANNO_FATT, number: row.NUM_FATT, rata: row.NUM_RATA };
  return { issuedOn: requiredDate(row.DATA_FATT, 'SDI_FATT.DATA_FATT'), key };
}

export function toLine(row: LineRow): InvoiceLineRecord {
  return {
    description: trimmed(row.DESCR),
    quantity: row.QTA,
    unitPrice: euroCents(row.PREZZO, 'SDI_FATT_RIGHE.PREZZO'),
    amount: euroCents(row.IMPORTO, 'SDI_FATT_RIGHE.IMPORTO'),
  };
}

/** [PORTAL] §3.6: two attachments may have the same description; PROGR tells them apart. */
export function toAttachment(row: AttachmentRow): InvoiceAttachmentRecord {
  return {
    invoice: { year: row.ANNO_FATT, number: row.NUM_FATT },
    childKey: trimmed(row.COD_ALUN) as ChildKey,
    sequence: row.PROGR,
    kind: trimmed(row.TIPOLOGIA),
    description: trimmed(row.DESCR),
    file: toFile(row),
  };
}

export interface FileColumns {
  readonly ID_FILE: number | null;
  readonly NOME_FILE: string | null;
  readonly TIPO_MIME: string | null;
  readonly DIM_BYTE: number | null;
  readonly HASH_SHA256: string | null;
}

export function toFile(row: FileColumns): FileRef | null {
  if (row.ID_FILE === null) return null;
  return {
    key: toKey(row.ID_FILE),
    fileName: text(row.NOME_FILE) ?? `documento-${row.ID_FILE}`,
    mediaType: text(row.TIPO_MIME) ?? 'application/octet-stream',
    sizeBytes: row.DIM_BYTE,
    sha256: text(row.HASH_SHA256),
  };
}
