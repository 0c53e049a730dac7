/** The most that a part of a name takes. Unit: UTF-16 units. */
export const mostNameLength = 100;

export type NameProblem = 'TOO_LONG' | 'LINE_BREAK' | 'NAME_INVALID';

/**
 * A name in one spelling: composed, with single blanks, without invisible characters. Joiners, which change the shape of
 * letters, stay between letters.
 */
export function tidyName(text: string): string {
  return text
    .replace(invisible, '')
    .replace(looseJoiner, '')
    .replace(/(?!\p{Zl}|\p{Zp})[\p{Zs}\t]+/gu, ' ')
    .normalize('NFC')
    .trim();
}

/**
 * The problem of a tidy first or last name; null if there is none. A person with a single name has the other part
 * blank, so blank is not a problem.
 *
 * Letters of any alphabet and the signs that population records hold between them: apostrophes and accents of any
 * keyboard, hyphens, dashes, points, commas, brackets. Source: Unicode UAX #31, table 3b and 3c, for those of other alphabets.
 */
export function nameProblem(name: string): NameProblem | null {
  if (name === '') return null;
  if (lineBreak.test(name)) return 'LINE_BREAK';
  if (name.length > mostNameLength) return 'TOO_LONG';
  return /\p{L}/u.test(name) && nameCharacters.test(name) ? null : 'NAME_INVALID';
}

/** First name and last name, or the only one. */
export function fullName({ firstName, lastName }: PersonName): string {
  return joined(firstName, lastName);
}

/** The same in the order of lists. */
export function listedName({ firstName, lastName }: PersonName): string {
  return joined(lastName, firstName);
}

export interface PersonName {
  readonly firstName: string | null;
  readonly lastName: string | null;
}

function joined(...parts: readonly (string | null)[]): string {
  return parts
    .map((part) => part?.trim() ?? '')
    .filter((part) => part !== '')
    .join(' ');
}

const lineBreak = /[\n\r\v\f\u0085\u2028\u2029]/;
/** Format characters but joiners, and letters without a shape: fillers of Hangul. */
const invisible = /(?![\u200c\u200d])[\p{Cf}\u115f\u1160\u3164\uffa0]/gu;
const looseJoiner = /(?<![\p{L}\p{M}])[\u200c\u200d]+|[\u200c\u200d]+(?![\p{L}\p{M}])/gu;
const nameCharacters = /^[\p{L}\p{M}\p{Zs}\p{Pd}'`´‘’‚‛ʹʻʼʽʾʿˈˊˋ′‵＇｀ꞌ՚׳\u200c.,،、·‧・･་״/()\u200d]+$/u;
