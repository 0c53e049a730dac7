// The parts of statements that differ between kinds of database. The rest is standard SQL.

/**
 * Whether a column has one of the values of a list, which is one parameter of any length: the SQL text stays the
 * same.
 */
export function isOneOf(column: string, parameter: string, type: 'bpchar' | 'varchar' | 'integer'): string {
  return `${column} = ANY(CAST(:${parameter} AS ${type}[]))`;
}

/** Whether columns together have one of the values of parallel lists, one parameter for each column. */
export function isOneOfRows(
  columns: readonly string[],
  parameters: readonly string[],
  type: 'integer' | 'varchar',
): string {
  const lists = parameters.map((parameter) => `CAST(:${parameter} AS ${type}[])`);
  return `(${columns.join(', ')}) IN (SELECT * FROM unnest(${lists.join(', ')}))`;
}

/** The size of a binary column, without reading it. */
export function byteLength(column: string): string {
  return `octet_length(${column})`;
}

/**
 * A binary column as base64, which is a third longer; the driver's hexadecimal is twice as long.
 *
 * The driver assembles a message of more than 64 kB by doubling its buffer: 64 kB as hexadecimal digits cost half
 * a megabyte of garbage, as base64 half of that.
 */
export function asBase64(column: string): string {
  return `encode(${column}, 'base64')`;
}

/** A nullable parameter, whose type the database cannot infer. */
export function typed(parameter: string, type: 'date' | 'timestamp' | 'integer' | 'varchar'): string {
  return `CAST(:${parameter} AS ${type})`;
}

/** The value from a pair of parallel lists whose key is in a column; null if the key is absent. */
export function valueFor(column: string, keys: string, values: string, type: 'numeric'): string {
  return `(CAST(:${values} AS ${type}[]))[array_position(CAST(:${keys} AS varchar[]), CAST(${column} AS varchar))]`;
}
