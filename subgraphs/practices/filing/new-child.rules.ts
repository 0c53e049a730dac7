import { type CalendarDate, isCodiceFiscale, yearsBetween } from '../../../core/values/index.ts';
import type { Sentence } from '../../shared/problem.ts';
import type { FieldProblem } from '../../shared/shared-types.ts';
import type { StoredChild } from '../practice/practice.entity.ts';
import type { NewChildInput } from './filing.input.ts';

/** The child that an applicant describes, normalised, with all problems of the description. */
export function toNewChild(
  input: NewChildInput,
  today: CalendarDate,
  language: 'it' | 'en',
): { readonly child: StoredChild; readonly problems: readonly FieldProblem[] } {
  const codiceFiscale = input.codiceFiscale.trim().toUpperCase();
  const [firstName, lastName] = [input.firstName, input.lastName].map((name) => name.normalize('NFC').trim());
  const child = {
    key: null,
    codiceFiscale,
    firstName: firstName ?? '',
    lastName: lastName ?? '',
    birthDate: input.birthDate,
  };
  const problems: FieldProblem[] = [];
  const add = (field: string, code: keyof typeof sentences) =>
    problems.push({ path: `newChild.${field}`, code, message: sentences[code][language] });
  const isCode = codiceFiscale.length === 16 && isCodiceFiscale(codiceFiscale);
  if (!isCode) add('codiceFiscale', 'CODICE_FISCALE_INVALID');
  for (const name of ['firstName', 'lastName'] as const) if (!isName(child[name])) add(name, 'NAME_INVALID');
  if (input.birthDate > today || yearsBetween(input.birthDate, today) >= 18)
    add('birthDate', 'BIRTH_DATE_INVALID');
  else if (isCode && !isBirthDateIn(codiceFiscale, input.birthDate)) add('birthDate', 'BIRTH_DATE_DIFFERS');
  return { child, problems };
}

const sentences = {
  CODICE_FISCALE_INVALID: {
    it: 'Il codice fiscale non è corretto: controllare tutti i 16 caratteri.',
    en: 'The codice fiscale is not right: check all 16 characters.',
  },
  NAME_INVALID: {
    it: 'Indicare un nome di 1-100 lettere.',
    en: 'Give a name of 1 to 100 letters.',
  },
  BIRTH_DATE_INVALID: {
    it: 'Indicare la data di nascita di un minore.',
    en: 'Give the birth date of a minor.',
  },
  BIRTH_DATE_DIFFERS: {
    it: 'La data di nascita non corrisponde al codice fiscale.',
    en: 'The birth date is not the one in the codice fiscale.',
  },
} as const satisfies Readonly<Record<string, Sentence>>;

/** Letters of any alphabet with their marks, blanks, apostrophes, hyphens and points. */
function isName(name: string): boolean {
  return name.length <= 100 && /\p{L}/u.test(name) && /^[\p{L}\p{M} '’.-]+$/u.test(name);
}

/**
 * Whether a codice fiscale has this birth date.
 *
 * Shape: two digits of the year, a letter for the month, the day (women's plus 40); omocodia writes digits as
 * letters. Source: D.M. 23 December 1976, n. 13813.
 */
function isBirthDateIn(codiceFiscale: string, birthDate: CalendarDate): boolean {
  const digits = (from: number, to: number) =>
    [...codiceFiscale.slice(from, to)]
      .map((sign) => (sign >= '0' && sign <= '9' ? sign : String('LMNPQRSTUV'.indexOf(sign))))
      .join('');
  const month = 'ABCDEHLMPRST'.indexOf(codiceFiscale[8] ?? '') + 1;
  const day = Number(digits(9, 11)) % 40;
  const expected = `${digits(6, 8)}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return birthDate.slice(2) === expected;
}
