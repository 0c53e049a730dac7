import type { DefinitionProblem } from '../../ports/forms.port.ts';
import type { Cell, Sheet } from './read-workbook.ts';

/** [CLIENT] facts §4: the editor writes the eleven columns with these heads, in capitals. */
export const columns = [
  'CLASSIFICAZIONE',
  'ORDINE',
  'CODICE',
  'DESCRIZIONE',
  'CATEGORIA',
  'OBBLIGO',
  'TIPOLOGIA',
  'DATI',
  'ANNOTAZIONI',
  'MODULO_HYPERSIC',
  'CAMPO_COLLEGATO',
] as const;
export type Column = (typeof columns)[number];

// [CLIENT] facts §4: the editor reads the linked field under another name than it writes.
const otherNames: Readonly<Record<string, Column>> = { LINKED_FIELD: 'CAMPO_COLLEGATO' };

export interface TableRow {
  /** The row's number in the spreadsheet. */
  readonly number: number;
  /** Cells as trimmed text; '' for an empty one. Dates as YYYY-MM-DD. */
  readonly cells: Readonly<Record<Column, string>>;
}

export interface Table {
  readonly sheet: string;
  readonly rows: readonly TableRow[];
  readonly problems: readonly DefinitionProblem[];
}

const mostRows = 1_000;
const longestCell = 20_000;

/** Rows under the column heads, without empty ones, and the problems of the sheet itself. */
export function toTable({ name, rows: [head = [], ...body] }: Sheet): Table {
  const problem = (row: number | null, column: string | null, expected: string) => ({
    sheet: name,
    row,
    column,
    expected,
  });
  const heads = head.map((cell) => toText(cell).toUpperCase()).map((title) => otherNames[title] ?? title);
  const missing = columns
    .filter((column) => !heads.includes(column))
    .map((column) => problem(1, column, 'a column with this head'));
  const twice = columns
    .filter((column) => heads.indexOf(column) !== heads.lastIndexOf(column))
    .map((column) => problem(1, column, 'one column with this head'));
  if (missing.length + twice.length > 0) return { sheet: name, rows: [], problems: [...missing, ...twice] };
  const rows = body
    .map((cells, index) => ({ number: index + 2, cells: toCells(heads, cells) }))
    .filter(({ cells }) => Object.values(cells).some((text) => text !== ''));
  const problems = rows.flatMap(({ number, cells }) =>
    columns
      .filter((column) => cells[column].length > longestCell)
      .map((column) => problem(number, column, `at most ${longestCell} characters`)),
  );
  if (rows.length === 0) problems.push(problem(2, null, 'at least one field'));
  if (rows.length > mostRows) problems.push(problem(mostRows + 2, null, `at most ${mostRows} fields`));
  return { sheet: name, rows, problems };
}

function toCells(heads: readonly string[], cells: readonly Cell[]): Record<Column, string> {
  const entries = columns.map((column) => [column, toText(cells[heads.indexOf(column)] ?? null)]);
  return Object.fromEntries(entries) as Record<Column, string>;
}

function toText(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10);
  return String(cell).trim();
}
