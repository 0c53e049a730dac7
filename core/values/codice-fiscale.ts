import type { Brand } from './brand.ts';
import { type CalendarDate, yearsBetween } from './calendar-date.ts';
import { compactCode } from './compact-code.ts';
import { InvalidValue } from './invalid-value.ts';
import { isElevenDigitCode } from './partita-iva.ts';

/**
 * The Italian tax code of a person (16 characters, the last a check letter) or of a public body or company (11
 * digits). A person's provisional code has 11 digits, too.
 *
 * Shape: `RSSCLD84C52A794Q`, `00300120169`. Omocodia, where digits were replaced by letters to tell two people
 * apart, is accepted. Source: D.M. 23 December 1976, n. 13813.
 */
export type CodiceFiscale = Brand<string, 'CodiceFiscale'>;

/** Errors: InvalidValue. Blanks of every kind and lower case are accepted. */
export function parseCodiceFiscale(text: string): CodiceFiscale {
  const code = codiceFiscaleOf(text);
  if (code === null) {
    throw new InvalidValue(
      'A codice fiscale of 16 characters with a valid check letter, or of 11 digits, was expected.',
    );
  }
  return code;
}

/** As `parseCodiceFiscale`; null if the text is not a codice fiscale. */
export function codiceFiscaleOf(text: string): CodiceFiscale | null {
  const code = compactCode(text);
  return isCodiceFiscale(code) ? code : null;
}

export function isCodiceFiscale(text: string): text is CodiceFiscale {
  return text.length === 11 ? isElevenDigitCode(text) : isPersonCode(text);
}

/** Passes what the legacy system holds, valid or not: blanks removed and nothing verified. */
export function codiceFiscaleAsHeld(text: string): CodiceFiscale {
  return text.trim() as CodiceFiscale;
}

/**
 * Whether a person's code may be a minor's on a day. The code has two digits of the year: a person of less than 18 years and
 * one of more than 100 can have the same, and both count as minors.
 *
 * Shape: two digits of the year, a letter for the month, the day (women's plus 40); omocodia writes digits as letters.
 * Source: D.M. 23 December 1976, n. 13813.
 */
export function isMinorByCode(code: CodiceFiscale, on: CalendarDate): boolean {
  const digits = (from: number, to: number) =>
    [...code.slice(from, to)]
      .map((sign) => (sign >= '0' && sign <= '9' ? sign : 'LMNPQRSTUV'.indexOf(sign)))
      .join('');
  const month = String('ABCDEHLMPRST'.indexOf(code[8] ?? '') + 1).padStart(2, '0');
  const day = String(Number(digits(9, 11)) % 40).padStart(2, '0');
  const century = Number(on.slice(0, 2));
  const born = `${century}${digits(6, 8)}-${month}-${day}` as CalendarDate;
  const latest = born <= on ? born : (`${century - 1}${born.slice(2)}` as CalendarDate);
  return yearsBetween(latest, on) < 18;
}

/** The last character of a person's code, from its first fifteen. */
export function checkLetterOf(first15: string): string {
  let sum = 0;
  for (let i = 0; i < 15; i++) {
    const value = alphanumericValue(first15.charCodeAt(i));
    sum += i % 2 === 0 ? (oddValues[value] ?? 0) : value;
  }
  return String.fromCharCode(65 + (sum % 26));
}

// Positions that hold digits, unless omocodia put one of LMNPQRSTUV there.
const personShape = /^[A-Z]{6}[\dLMNP-V]{2}[ABCDEHLMPRST][\dLMNP-V]{2}[A-Z][\dLMNP-V]{3}[A-Z]$/;

// The value of a character in an odd position (counted from 1); letters A to J count as the digits do.
const oddValues = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
];

function isPersonCode(code: string): boolean {
  return code.length === 16 && personShape.test(code) && code[15] === checkLetterOf(code);
}

function alphanumericValue(charCode: number): number {
  return charCode < 65 ? charCode - 48 : charCode - 65;
}
