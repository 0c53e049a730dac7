/**
 * Parses JSON with numbers as written: `101.42` becomes the text `101.42`, never a float.
 *
 * Errors: SyntaxError.
 */
export function parseExactJson(text: string): unknown {
  return JSON.parse(text, keepText as (key: string, value: unknown) => unknown);
}

/** V8 passes the third argument since 11.4; not every type library declares it. */
function keepText(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' ? (context?.source ?? String(value)) : value;
}
