import { type CalendarDate, cutText, type EuroCents, isCalendarDate } from '../../../core/values/index.ts';
import type { ReconciliationRow } from '../../ports/reconciliation.port.ts';
import { type Column, columns, head, maxQuotas, maxTextLength, quotaCodeLength } from './columns.ts';

type Quota = ReconciliationRow['quotas'][number];

/** A malformed cell: its column, and the expected shape. Holds no value. */
export class MalformedRow extends Error {}

/**
 * One line of the file. In an open file nothing is reconciled yet: columns of the reconciliation may be empty.
 *
 * Shape: `MENSA;Mensa scolastica;;…;302…;18/12/2020;…;010142;…`, 51 cells
 *
 * Errors: MalformedRow.
 *
 * Source: [SPEC] facts/hypersic.md §6.2
 */
export function parseRow(line: string, isOpen: boolean): ReconciliationRow {
  // NUL belongs to no text, and no database stores it.
  const cells = line.split(';').map((cell) => cell.replaceAll('\0', '').trim());
  if (cells.length !== head.length)
    throw new MalformedRow(`${head.length} columns were expected and ${cells.length} came`);
  const fields = columns.map((column, index) => [column.field, toValue(column, cells[index] ?? '', isOpen)]);
  return { ...Object.fromEntries(fields), quotas: quotasOf(cells.slice(columns.length)) };
}

export function formatRow(row: ReconciliationRow): string {
  const cells = columns.map((column) => cellOf(column, row[column.field]));
  const quotas = row.quotas
    .slice(0, maxQuotas)
    .flatMap(({ level, code, amount }) => [level, written(code, quotaCodeLength), centsText(amount)]);
  const empty = Array.from<string>({ length: head.length - cells.length - quotas.length }).fill('');
  return [...cells, ...quotas, ...empty].join(';');
}

function toValue({ name, kind, required }: Column, cell: string, isOpen: boolean): unknown {
  if (cell === '') {
    if (required === 'always' || (required === 'unless open' && !isOpen))
      throw new MalformedRow(`${name} is empty`);
    return null;
  }
  switch (kind) {
    case 'text':
      if (cell.length > maxTextLength)
        throw new MalformedRow(`${name}: at most ${maxTextLength} characters were expected`);
      return cell;
    case 'digits':
      if (!/^\d{1,35}$/.test(cell)) throw new MalformedRow(`${name}: at most 35 digits were expected`);
      return cell;
    case 'date':
      return parseDate(name, cell);
    case 'cents': {
      const cents = parseCents(name, cell);
      // A zero amount is not a payment.
      if (name === 'ImportoPagato' && cents === 0)
        throw new MalformedRow(`${name}: an amount above 0 was expected`);
      return cents;
    }
  }
}

/** [SPEC] §2: GG/MM/AAAA. */
function parseDate(name: string, cell: string): CalendarDate {
  const [, day, month, year] = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(cell) ?? [];
  const date = `${year}-${month}-${day}`;
  if (!isCalendarDate(date)) throw new MalformedRow(`${name}: a date GG/MM/AAAA was expected`);
  return date;
}

/** [SPEC] §2: integer cents. [CLIENT] GovPay keeps leading zeros: 0,50 is `050`. */
function parseCents(name: string, cell: string): EuroCents {
  if (!/^\d{1,15}$/.test(cell))
    throw new MalformedRow(`${name}: whole cents without a separator were expected`);
  return Number(cell) as EuroCents;
}

/** [SPEC] §6.2: a quota has all of its three columns or none. */
function quotasOf(cells: readonly string[]): readonly Quota[] {
  const quotas: Quota[] = [];
  for (let index = 0; index < maxQuotas; index++) {
    const [level = '', code = '', amount = ''] = cells.slice(index * 3);
    const number = index + 1;
    if (level === '' && code === '' && amount === '') continue;
    if (level !== 'CAP' && level !== 'ACC')
      throw new MalformedRow(`LivelloContabile${number}: CAP or ACC was expected`);
    if (code === '') throw new MalformedRow(`CodificaContabile${number} is empty`);
    if (code.length > maxTextLength)
      throw new MalformedRow(`CodificaContabile${number}: at most ${maxTextLength} characters were expected`);
    quotas.push({ level, code, amount: parseCents(`QuotaContabile${number}`, amount) });
  }
  return quotas;
}

function cellOf({ kind, maxLength }: Column, value: string | number | null): string {
  if (value === null) return '';
  if (kind === 'date') return String(value).split('-').reverse().join('/');
  if (kind === 'cents') return centsText(Number(value));
  return written(String(value), maxLength);
}

/** At least three digits, as GovPay writes it. */
function centsText(cents: number): string {
  return String(cents).padStart(3, '0');
}

/** [CLIENT] §2: the format has no escape, so separators are dropped and longer text is cut. */
function written(text: string, maxLength: number): string {
  return cutText(text.replace(/[;\r\n\0]/g, '').trim(), maxLength).trim();
}
