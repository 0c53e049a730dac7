/** Groups rows by key, in their order; the groups in the order of their first rows. */
export function groups<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): readonly (readonly [Row, ...Row[]])[] {
  return [...gather(rows, keyOf).values()];
}

/** The rows of each key, in their order. */
export function groupBy<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): (key: string) => readonly Row[] {
  const gathered = gather(rows, keyOf);
  return (key) => gathered.get(key) ?? [];
}

function gather<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, [Row, ...Row[]]> {
  const gathered = new Map<string, [Row, ...Row[]]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = gathered.get(key);
    if (group === undefined) gathered.set(key, [row]);
    else group.push(row);
  }
  return gathered;
}
