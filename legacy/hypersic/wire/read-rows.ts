import { ContractBroken, isIncomplete, markFields, markIncomplete } from '../../../core/unreadable.ts';

/**
 * The unreadable nullable fields of the record being mapped: mapping is synchronous, so one variable serves all.
 */
let broken: Record<string, ContractBroken> | null = null;

/** A nullable field: null if it cannot be read, and the record lists it as unreadable. */
export function unlessBroken<Value>(field: string, read: () => Value): Value | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ContractBroken)) throw error;
    broken ??= {};
    broken[field] = error;
    return null;
  }
}

/** The record of a row, or an error if a required value cannot be read. */
export function readRow<Row, Item extends object>(
  row: Row,
  toItem: (row: Row) => Item,
): Item | ContractBroken {
  const outer = broken;
  broken = null;
  try {
    const item = toItem(row);
    return broken === null ? item : markFields(item, broken);
  } catch (error) {
    if (error instanceof ContractBroken) return error;
    throw error;
  } finally {
    broken = outer;
  }
}

/** The records of rows. An unreadable row is left out, and the list is marked as incomplete. */
export function readRows<Row, Item extends object>(
  rows: readonly Row[],
  toItem: (row: Row) => Item,
): readonly Item[] {
  const items: Item[] = [];
  let isWhole = true;
  for (const row of rows) {
    const item = readRow(row, toItem);
    if (item instanceof ContractBroken) isWhole = false;
    else {
      items.push(item);
      if (isIncomplete(item)) isWhole = false;
    }
  }
  return isWhole ? items : markIncomplete(items);
}

/** The record of the first row, its error if it cannot be read, or null without rows. */
export function readFirst<Row, Item extends object>(
  [row]: readonly Row[],
  toItem: (row: Row) => Item,
): Item | ContractBroken | null {
  return row === undefined ? null : readRow(row, toItem);
}
