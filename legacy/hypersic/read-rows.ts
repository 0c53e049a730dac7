import { ContractBroken, isIncomplete, markFields, markIncomplete } from '../../core/unreadable.ts';

/** What cannot be read of the record that is being made, by its fields: mapping a row waits for nothing. */
let broken: Record<string, ContractBroken> | null = null;

/** A field that may be null: null when it cannot be read, and the record says so. */
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

/** The record of a row, or why there is none: without a value that it must have. */
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

/** The records of rows. One that cannot be read is left out, and the list says that it is incomplete. */
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

/** The record of the first row, why it cannot be read, or null without one. */
export function readFirst<Row, Item extends object>(
  [row]: readonly Row[],
  toItem: (row: Row) => Item,
): Item | ContractBroken | null {
  return row === undefined ? null : readRow(row, toItem);
}
