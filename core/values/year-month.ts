import type { Brand } from './brand.ts';
import { InvalidValue } from './invalid-value.ts';

/** A month of a year. Shape: `2020-09`. Compares as text. */
export type YearMonth = Brand<string, 'YearMonth'>;

/** Errors: InvalidValue. */
export function parseYearMonth(text: string): YearMonth {
  if (!isYearMonth(text)) throw new InvalidValue('A month of the form YYYY-MM was expected.');
  return text;
}

export function isYearMonth(text: string): text is YearMonth {
  return /^(?!0000)\d{4}-(0[1-9]|1[0-2])$/.test(text);
}
