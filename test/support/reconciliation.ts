import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { addDays, parseCalendarDate, parseEuroCents } from '../../core/values/index.ts';
import { head } from '../../legacy/hypersic/av20/columns.ts';
import { formatRow } from '../../legacy/hypersic/av20/row.ts';
import type { ReconciliationRow } from '../../legacy/ports/reconciliation.port.ts';
import { temporaryFolder } from './temporary-folder.ts';

export const bodyCode = '00300120169';

/** What the format can hold: no separator, no blank at an end, no longer than its column. */
const text = (maxLength: number) =>
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: Math.floor(maxLength / 4) || 1 })
    .map((value) =>
      value
        .replace(/[;\r\n\0]/g, '')
        .trim()
        .slice(0, maxLength)
        .trim(),
    )
    .filter((value) => value !== '');
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
const date = fc
  .integer({ min: 0, max: 20_000 })
  .map((days) => addDays(parseCalendarDate('1990-01-01'), days));
const cents = (min: number) => fc.integer({ min, max: 99_999_999_999 }).map(parseEuroCents);

/** A row of a reconciled file. */
export const anyRow: fc.Arbitrary<ReconciliationRow> = fc.record({
  serviceCode: text(10),
  serviceDescription: orNull(text(120)),
  debtorReference: orNull(text(20)),
  debtor: orNull(text(16)),
  debtorName: orNull(text(70)),
  debtReference: orNull(text(30)),
  issuedOn: orNull(date),
  description: orNull(text(100)),
  debtAmount: orNull(cents(0)),
  instalmentReference: orNull(text(30)),
  numeroAvviso: orNull(digits(18)),
  iuv: fc.oneof(digits(15), digits(17)),
  dueOn: orNull(date),
  paidOn: orNull(date),
  paidAmount: cents(1),
  pspName: orNull(text(120)),
  paymentMethod: orNull(text(100)),
  iban: orNull(text(27)),
  flowId: text(60),
  flowDate: orNull(date),
  notes: orNull(text(255)),
  quotas: fc.array(
    fc.record({ level: fc.constantFrom('CAP' as const, 'ACC' as const), code: text(35), amount: cents(0) }),
    { maxLength: 10 },
  ),
});

/** A plain row: what was paid for a debt. */
export function paidRow(
  iuv: string,
  paidAmount: number,
  more: Partial<ReconciliationRow> = {},
): ReconciliationRow {
  return {
    serviceCode: 'MENSA',
    serviceDescription: 'Mensa scolastica',
    debtorReference: null,
    debtor: null,
    debtorName: null,
    debtReference: null,
    issuedOn: null,
    description: null,
    debtAmount: null,
    instalmentReference: null,
    numeroAvviso: null,
    iuv,
    dueOn: null,
    paidOn: parseCalendarDate('2026-10-12'),
    paidAmount: parseEuroCents(paidAmount),
    pspName: 'Banca di prova',
    paymentMethod: null,
    iban: null,
    flowId: '2026-10-12PROVA-0001',
    flowDate: parseCalendarDate('2026-10-13'),
    notes: null,
    quotas: [],
    ...more,
  };
}

export const fileName = (sequence = '001') => `RENDICONTAZIONE_AV20_${bodyCode}_20261015_${sequence}.csv`;

/** A file in a folder of its own. */
export async function writeLines(lines: readonly string[], name = fileName()): Promise<string> {
  const path = join(await temporaryFolder('av20'), name);
  await writeFile(path, `${[head.join(';'), ...lines].join('\r\n')}\r\n`);
  return path;
}

export function writeRows(rows: readonly ReconciliationRow[], name = fileName()): Promise<string> {
  return writeLines(rows.map(formatRow), name);
}
