/**
 * JSON whose numbers stay as they were written: `101.42` is the text `101.42` and never a float.
 *
 * Errors: SyntaxError.
 */
export function parseExactJson(text: string): unknown {
  return JSON.parse(text, keepText as (key: string, value: unknown) => unknown);
}

/** The third argument is there since V8 11.4 and not yet in every type library. */
function keepText(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' ? (context?.source ?? String(value)) : value;
}
