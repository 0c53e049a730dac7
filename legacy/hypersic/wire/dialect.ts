// What the kinds of database write differently. Everything else of the statements is standard SQL.

/** Whether a column has one of the values of a list that is one parameter, however long: the text stays the same. */
export function isOneOf(column: string, parameter: string, type: 'bpchar' | 'varchar' | 'integer'): string {
  return `${column} = ANY(CAST(:${parameter} AS ${type}[]))`;
}

/** Whether columns together have one of the values of parallel lists, one parameter a column. */
export function isOneOfRows(
  columns: readonly string[],
  parameters: readonly string[],
  type: 'integer' | 'varchar',
): string {
  const lists = parameters.map((parameter) => `CAST(:${parameter} AS ${type}[])`);
  return `(${columns.join(', ')}) IN (SELECT * FROM unnest(${lists.join(', ')}))`;
}

/** How many bytes a binary column holds, without reading them. */
export function byteLength(column: string): string {
  return `octet_length(${column})`;
}

/**
 * A binary column as text that is a third longer, and not twice as long as the driver's own.
 *
 * A message of more than 64 kB is put together by doubling: 64 kB as hexadecimal digits cost half a megabyte for the
 * collector, 64 kB as base64 half of that.
 */
export function asBase64(column: string): string {
  return `encode(${column}, 'base64')`;
}

/** A parameter that may be null, whose type the database cannot guess. */
export function typed(parameter: string, type: 'date' | 'timestamp' | 'integer' | 'varchar'): string {
  return `CAST(:${parameter} AS ${type})`;
}

/** The value of a pair of parallel lists whose key a column holds; null without one. */
export function valueFor(column: string, keys: string, values: string, type: 'numeric'): string {
  return `(CAST(:${values} AS ${type}[]))[array_position(CAST(:${keys} AS varchar[]), CAST(${column} AS varchar))]`;
}
