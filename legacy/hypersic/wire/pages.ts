import { ContractBroken, isIncomplete, markIncomplete } from '../../../core/unreadable.ts';
import type { Page, PageRequest } from '../../ports/page.ts';
import { typed } from './dialect.ts';
import { readFirst, readRows } from './read-rows.ts';
import type { Select } from './statement.ts';

/** One column of a list's order, and the parameter with its value in the cursor; null without a cursor. */
export interface OrderColumn {
  readonly column: string;
  readonly direction: 'ASC' | 'DESC';
  readonly parameter: string;
  readonly type: 'date' | 'timestamp' | 'integer' | 'varchar';
}

/** The columns that a paged statement adds to every row. */
export interface PagedRow {
  /** Position in the list's order, from 1. */
  readonly POSIZ: string;
  readonly TOTALE: string;
  /** Number of rows up to and including the cursor's. */
  readonly SALTATE: string;
}

/**
 * Numbers the rows of each list, so that `onPage` can cut the page of every list in one statement.
 *
 * The cursor is a row's position in the order instead of a count: rows added in the meantime shift nothing.
 */
export function numberRows(select: Select, order: readonly OrderColumn[], listOf: string | null): Select {
  const partition = listOf === null ? '' : `PARTITION BY ${listOf}`;
  const sorting = order.map(({ column, direction }) => `${column} ${direction}`).join(', ');
  const [first] = order as [OrderColumn];
  const isSeen = `${typed(first.parameter, first.type)} IS NOT NULL AND NOT (${follows(order)})`;
  return select
    .addSelect(`ROW_NUMBER() OVER (${partition} ORDER BY ${sorting})`, 'POSIZ')
    .addSelect(`COUNT(*) OVER (${partition})`, 'TOTALE')
    .addSelect(`SUM(CASE WHEN ${isSeen} THEN 1 ELSE 0 END) OVER (${partition})`, 'SALTATE');
}

/** The page's rows, and the last skipped one: it carries the total if nothing follows the cursor. */
export function onPage(alias: string, firstParameter: string): string {
  return `"${alias}"."POSIZ" >= "${alias}"."SALTATE" AND "${alias}"."POSIZ" <= "${alias}"."SALTATE" + ${typed(firstParameter, 'integer')}`;
}

/** The page of one list from its rows. `toCursor`: the position of a row in the list's order. */
export function toPage<Row extends PagedRow, Item extends object, Cursor extends object>(
  rows: readonly Row[],
  request: PageRequest<Cursor>,
  toItem: (row: Row) => Item,
  toCursor: (row: Row) => Cursor,
): Page<Item, Cursor> {
  const total = Number(rows[0]?.TOTALE ?? 0);
  const skipped = Number(rows[0]?.SALTATE ?? 0);
  const shown = rows.filter((row) => Number(row.POSIZ) > skipped).slice(0, request.first);
  const items = readRows(shown, toItem);
  const page = {
    rows: items,
    totalCount: total,
    hasNextPage: total > skipped + shown.length,
    hasPreviousPage: skipped > 0,
  };
  if (!isIncomplete(items)) return page;
  const end = readFirst(shown.slice(-1), toCursor);
  return markIncomplete(end === null || end instanceof ContractBroken ? page : { ...page, end });
}

/** Whether a row comes after the cursor, column by column. */
function follows([first, ...rest]: readonly OrderColumn[]): string {
  if (first === undefined) return '1 = 0';
  const value = typed(first.parameter, first.type);
  const beyond = `${first.column} ${first.direction === 'ASC' ? '>' : '<'} ${value}`;
  return rest.length === 0 ? beyond : `${beyond} OR (${first.column} = ${value} AND (${follows(rest)}))`;
}
