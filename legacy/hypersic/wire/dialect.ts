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
  type: 'integer' | 'varchar' | 'bpchar',
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

/**
 * A text column as it is searched: without accents and marks, apostrophes, and the difference between capitals and small
 * letters, composed or not. Accents are written as apostrophes at times, and apostrophes as accents: both are left out.
 */
export function folded(column: string): string {
  const plain = `normalize(translate(${column}, '${apostrophes.replace("'", "''")}', ''), NFKD)`;
  const bare = `regexp_replace(${plain}, '[${marks}]', '', 'g')`;
  return `UPPER(replace(regexp_replace(${bare}, '\\s+', ' ', 'g'), 'ß', 'ss'))`;
}

/** A search term, folded in the same way, as a LIKE pattern in which `!` escapes its special characters. */
export function foldedPattern(term: string): string {
  return `%${foldedText(term).replace(/[!%_]/g, '!$&')}%`;
}

export function foldedText(text: string): string {
  const plain = text.replace(anyApostrophe, '').normalize('NFKD').replace(anyMark, '');
  return plain.replace(/\s+/g, ' ').replaceAll('ß', 'ss').toUpperCase();
}

const apostrophes = "'`´‘’‚‛ʹʻʼʽʾʿˈˊˋ′‵＇｀ꞌ՚׳";
const anyApostrophe = /['`´‘’‚‛ʹʻʼʽʾʿˈˊˋ′‵＇｀ꞌ՚׳]/g;
/** Combining marks and invisible characters, for patterns in SQL; `anyMark` has the same for JavaScript. */
const marks =
  '\\u0300-\\u036f\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe20-\\ufe2f\\u00ad\\u200b-\\u200f\\u2060\\ufeff';
const anyMark =
  /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u00ad\u200b-\u200f\u2060\ufeff]/g;
