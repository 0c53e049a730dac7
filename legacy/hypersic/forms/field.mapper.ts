import { isCalendarDate } from '../../../core/values/index.ts';
import type { DefinedField, DefinitionProblem } from '../../ports/forms.port.ts';
import type { Column, Table, TableRow } from './table.ts';

/**
 * The fields of a form, one a row, in their order, with all invalid cells.
 *
 * Shape: { CLASSIFICAZIONE: '12', ORDINE: '300', CODICE: 'FIGLIO_COGNOME', DESCRIZIONE: 'Cognome', OBBLIGO: '-1',
 * TIPOLOGIA: 'TE', … }. Source: [CLIENT] facts §4, as the vendor's form editor writes it.
 */
export function toFields({ sheet, rows }: Table): {
  readonly fields: readonly DefinedField[];
  readonly problems: readonly DefinitionProblem[];
} {
  const problems: DefinitionProblem[] = [];
  const expect = (isGood: boolean, { number }: TableRow, column: Column, expected: string) => {
    if (!isGood) problems.push({ sheet, row: number, column, expected });
  };
  const classification = rows[0]?.cells.CLASSIFICAZIONE ?? '';
  for (const row of rows) {
    const { CLASSIFICAZIONE, ORDINE, CODICE, DESCRIZIONE, OBBLIGO, TIPOLOGIA } = row.cells;
    expect(/^[1-9]\d*$/.test(CLASSIFICAZIONE), row, 'CLASSIFICAZIONE', 'a positive number');
    expect(CLASSIFICAZIONE === classification, row, 'CLASSIFICAZIONE', 'the same number on all rows');
    expect(/^\d+$/.test(ORDINE), row, 'ORDINE', 'a number from 0');
    expect(/^[\w.-]{1,60}\**$/.test(CODICE), row, 'CODICE', '1 to 60 letters, digits, _, - or .');
    expect(DESCRIZIONE !== '', row, 'DESCRIZIONE', 'a label, or HTML for AN');
    expect(['-1', '0', ''].includes(OBBLIGO), row, 'OBBLIGO', '-1 or 0');
    expect(Object.hasOwn(kinds, TIPOLOGIA), row, 'TIPOLOGIA', 'CS, TE, AN or DA');
  }
  const ordered = [...rows].sort((a, b) => Number(a.cells.ORDINE) - Number(b.cells.ORDINE));
  const codes = uniqueCodes(ordered.map(({ cells }) => cells.CODICE));
  const fields = ordered.map((row, index) => toField(row, codes[index] ?? '', expect));
  const checkboxes = new Set(fields.filter(({ kind }) => kind === 'CHECKBOX').map(({ code }) => code));
  for (const [index, { linkedFieldCode }] of fields.entries()) {
    const row = ordered[index];
    if (row !== undefined && linkedFieldCode !== null)
      expect(checkboxes.has(linkedFieldCode), row, 'CAMPO_COLLEGATO', 'the code of a CS field of this sheet');
  }
  return { fields, problems: problems.sort((a, b) => (a.row ?? 0) - (b.row ?? 0)) };
}

type Expect = (isGood: boolean, row: TableRow, column: Column, expected: string) => void;

function toField(row: TableRow, code: string, expect: Expect): DefinedField {
  const { DESCRIZIONE, CATEGORIA, OBBLIGO, TIPOLOGIA, DATI, CAMPO_COLLEGATO } = row.cells;
  const kind = kindOf(code, TIPOLOGIA);
  const { value, expected } = defaultOf(kind, DATI);
  expect(expected === null, row, 'DATI', expected ?? '');
  return {
    code,
    kind,
    label: DESCRIZIONE,
    group: CATEGORIA === '' ? null : CATEGORIA,
    required: kind !== 'NOTE' && OBBLIGO === '-1',
    defaultValue: value,
    linkedFieldCode: CAMPO_COLLEGATO === '' ? null : CAMPO_COLLEGATO,
  };
}

const kinds: Readonly<Record<string, DefinedField['kind']>> = {
  CS: 'CHECKBOX',
  TE: 'TEXT',
  AN: 'NOTE',
  DA: 'DATE',
  // [CLIENT] facts §4: TE if the type is missing.
  '': 'TEXT',
};

function kindOf(code: string, type: string): DefinedField['kind'] {
  // [CLIENT] facts §4: a code that starts with FL means CS, whatever the type column has.
  return code.startsWith('FL') ? 'CHECKBOX' : (kinds[type] ?? 'TEXT');
}

/**
 * [INFER] A field's first answer. The meaning of DATI for a checkbox is not published: -1 and 0 as in other
 * columns.
 */
function defaultOf(
  kind: DefinedField['kind'],
  text: string,
): { readonly value: string | null; readonly expected: string | null } {
  if (text === '' || kind === 'NOTE') return { value: null, expected: null };
  if (kind === 'TEXT') return { value: text, expected: null };
  if (kind === 'CHECKBOX') {
    if (text === '-1') return { value: 'true', expected: null };
    return text === '0'
      ? { value: null, expected: null }
      : { value: null, expected: '-1 or 0 for a CS field' };
  }
  const [, day, month, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text) ?? [];
  const date = year === undefined ? text : `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
  return isCalendarDate(date)
    ? { value: date, expected: null }
    : { value: null, expected: 'a date GG/MM/AAAA for a DA field' };
}

/** [CLIENT] facts §4: a repeated code gets `*`: RIGO, RIGO*, RIGO**. */
function uniqueCodes(codes: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return codes.map((code) => {
    let unique = code;
    while (taken.has(unique)) unique += '*';
    taken.add(unique);
    return unique;
  });
}
