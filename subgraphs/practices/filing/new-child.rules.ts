import {
  type CalendarDate,
  type CodiceFiscale,
  codiceFiscaleOf,
  compactCode,
  mostNameLength,
  nameProblem,
  tidyName,
  yearsBetween,
} from '../../../core/values/index.ts';
import type { Sentence } from '../../shared/problem.ts';
import type { FieldProblem } from '../../shared/shared-types.ts';
import type { StoredChild } from '../records/practice.entity.ts';
import type { NewChildInput } from './filing.input.ts';

/** The child that an applicant describes, normalised, with all problems of the description. */
export function toNewChild(
  input: NewChildInput,
  today: CalendarDate,
  language: 'it' | 'en',
): { readonly child: StoredChild; readonly problems: readonly FieldProblem[] } {
  const code = codiceFiscaleOf(input.codiceFiscale);
  const child = {
    key: null,
    codiceFiscale: code ?? compactCode(input.codiceFiscale),
    firstName: tidyName(input.firstName),
    lastName: tidyName(input.lastName),
    birthDate: input.birthDate,
  };
  const problems: FieldProblem[] = [];
  const add = (field: string, code: keyof typeof sentences) =>
    problems.push({ path: `newChild.${field}`, code, message: sentences[code][language] });
  if (code === null) add('codiceFiscale', 'CODICE_FISCALE_INVALID');
  if (child.firstName === '' && child.lastName === '') add('lastName', 'NAME_REQUIRED');
  for (const name of ['firstName', 'lastName'] as const) {
    const wrong = nameProblem(child[name]);
    if (wrong !== null) add(name, wrong);
  }
  if (input.birthDate > today || yearsBetween(input.birthDate, today) >= 18)
    add('birthDate', 'BIRTH_DATE_INVALID');
  else if (code !== null && !mayBeBornOn(code, input.birthDate)) add('birthDate', 'BIRTH_DATE_DIFFERS');
  return { child, problems };
}

const sentences = {
  CODICE_FISCALE_INVALID: {
    it: 'Il codice fiscale non è corretto: controllare tutti i 16 caratteri, o le 11 cifre se è provvisorio.',
    en: 'The codice fiscale is not right: check all 16 characters, or the 11 digits of a provisional one.',
  },
  NAME_REQUIRED: {
    it: 'Indicare il nome e il cognome. Chi ne ha uno solo lascia l’altro vuoto.',
    en: 'Give the first and last name. Leave one blank for a person with a single name.',
  },
  NAME_INVALID: {
    it: 'Indicare il nome come nei documenti, senza cifre e simboli.',
    en: 'Give the name as in documents, without digits and symbols.',
  },
  TOO_LONG: {
    it: `Scrivere al massimo ${mostNameLength} caratteri.`,
    en: `Write at most ${mostNameLength} characters.`,
  },
  LINE_BREAK: {
    it: 'Scrivere su una sola riga, senza andare a capo.',
    en: 'Write on one line, without line breaks.',
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

/**
 * Whether a codice fiscale has this birth date; a provisional one, of 11 digits, has none.
 *
 * Shape: two digits of the year, a letter for the month, the day (women's plus 40); omocodia writes digits as
 * letters. Source: D.M. 23 December 1976, n. 13813.
 */
function mayBeBornOn(codiceFiscale: CodiceFiscale, birthDate: CalendarDate): boolean {
  if (codiceFiscale.length === 11) return true;
  const digits = (from: number, to: number) =>
    [...codiceFiscale.slice(from, to)]
      .map((sign) => (sign >= '0' && sign <= '9' ? sign : String('LMNPQRSTUV'.indexOf(sign))))
      .join('');
  const month = 'ABCDEHLMPRST'.indexOf(codiceFiscale[8] ?? '') + 1;
  const day = Number(digits(9, 11)) % 40;
  const expected = `${digits(6, 8)}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return birthDate.slice(2) === expected;
}
