import {
  codiceFiscaleOf,
  compactCode,
  emailAddressOf,
  type Iban,
  ibanOf,
  isCalendarDate,
  isCodiceFiscale,
  isSepaIban,
} from '../../../core/values/index.ts';
import type { Sentence } from '../../shared/problem.ts';
import type { FieldProblem } from '../../shared/shared-types.ts';
import type { StoredAnswer } from '../records/practice.entity.ts';
import type { AnswerRule, StoredField } from '../records/template.entity.ts';

export type StoredAnswers = Readonly<Record<string, StoredAnswer>>;

export interface AnswerChange {
  readonly code: string;
  /** Null or blanks clear the answer. */
  readonly value?: string | null;
}

/** Upper limit of any answer, whatever the field's own limit. Unit: characters. */
export const mostCharacters = 4_000;

/**
 * The answers after a change, or the problems of all answers that could never be valid: then nothing is stored.
 *
 * A certified answer stays unless the form allows a change; a changed one is no longer certified.
 */
export function changeAnswers(
  fields: readonly StoredField[],
  current: StoredAnswers,
  changes: readonly AnswerChange[],
  language: 'it' | 'en',
): { readonly answers: StoredAnswers; readonly problems: readonly FieldProblem[] } {
  const byCode = new Map(fields.map((field) => [field.code, field]));
  const answers: Record<string, StoredAnswer> = { ...current };
  const problems: FieldProblem[] = [];
  const seen = new Set<string>();
  for (const { code, value: given } of changes) {
    const field = byCode.get(code);
    const value = given == null || given.trim() === '' ? null : toStoredValue(field, given);
    const problem = seen.has(code) ? 'GIVEN_TWICE' : problemOf(field, value, answers[code]);
    seen.add(code);
    if (problem !== null) problems.push(fieldProblem(code, problem, field, language));
    else if (value === null) delete answers[code];
    else if (value !== answers[code]?.value) answers[code] = { value, certified: false };
  }
  return { answers, problems };
}

/** Problem codes of an answer, in the order of the checks. */
export const answerProblems = {
  UNKNOWN_FIELD: sentence('Il modulo non ha questo campo.', 'The form has no such field.'),
  NOTE_TAKES_NO_ANSWER: sentence('È una nota: non ha risposta.', 'It is a note and takes no answer.'),
  GIVEN_TWICE: sentence('Indicare il campo una sola volta.', 'Give the field once only.'),
  CERTIFIED: sentence(
    'Il dato proviene dall’anagrafe e non si può modificare qui: rivolgersi all’ufficio.',
    'This comes from the municipality’s records and cannot be changed here: ask the office.',
  ),
  TOO_LONG: sentence('Il testo è troppo lungo', 'The text is too long'),
  NOT_TEXT: sentence(
    'Il testo contiene caratteri che non si possono stampare.',
    'The text has characters that cannot be printed.',
  ),
  NOT_A_CHECKBOX: sentence('Rispondere sì o no.', 'Answer yes or no.'),
  NOT_A_DATE: sentence(
    'Indicare una data che esiste, con giorno, mese e anno.',
    'Give a date that exists, with day, month and year.',
  ),
  NOT_AN_OPTION: sentence('Scegliere una delle risposte previste', 'Choose one of the answers'),
  IBAN_INVALID: sentence(
    'L’IBAN non è corretto: controllare tutte le cifre.',
    'The IBAN is not right: check every digit.',
  ),
  IBAN_NOT_SEPA: sentence(
    'Il conto è fuori dall’area SEPA: indicarne uno di un paese dell’area.',
    'The account is outside SEPA: give one of a country in it.',
  ),
  CODICE_FISCALE_INVALID: sentence(
    'Il codice fiscale non è corretto: controllare tutti i caratteri.',
    'The codice fiscale is not right: check every character.',
  ),
  EMAIL_INVALID: sentence(
    'Indicare un indirizzo e-mail come nome@esempio.it.',
    'Give an e-mail address such as name@example.it.',
  ),
  PHONE_INVALID: sentence(
    'Indicare un numero di telefono da 6 a 15 cifre.',
    'Give a telephone number of 6 to 15 digits.',
  ),
  POSTAL_CODE_INVALID: sentence('Il CAP ha cinque cifre.', 'A postal code (CAP) has five digits.'),
  YEAR_INVALID: sentence('Indicare un anno come 2026.', 'Give a year such as 2026.'),
} as const satisfies Readonly<Record<string, Sentence>>;
export type AnswerProblem = keyof typeof answerProblems;

function problemOf(
  field: StoredField | undefined,
  value: string | null,
  current: StoredAnswer | undefined,
): AnswerProblem | null {
  if (field === undefined) return 'UNKNOWN_FIELD';
  if (field.kind === 'NOTE') return 'NOTE_TAKES_NO_ANSWER';
  if (current?.certified && field.isEditable !== true && value !== current.value) return 'CERTIFIED';
  if (value === null || value === current?.value) return null;
  if (field.kind === 'CHECKBOX') return value === 'true' || value === 'false' ? null : 'NOT_A_CHECKBOX';
  if (field.kind === 'DATE') return isCalendarDate(value) ? null : 'NOT_A_DATE';
  if (value.length > (field.maxLength ?? mostCharacters)) return 'TOO_LONG';
  if (hasControls(value)) return 'NOT_TEXT';
  return field.rule == null ? null : brokenRule(field.rule, value);
}

function brokenRule(rule: AnswerRule, value: string): AnswerProblem | null {
  if (rule.kind === 'ONE_OF') return rule.options.includes(value) ? null : 'NOT_AN_OPTION';
  if (!checks[rule.kind](value)) return `${rule.kind}_INVALID`;
  // The municipality debits and credits accounts by SEPA only.
  return rule.kind === 'IBAN' && !isSepaIban(value as Iban) ? 'IBAN_NOT_SEPA' : null;
}

const checks: Readonly<Record<Exclude<AnswerRule['kind'], 'ONE_OF'>, (value: string) => boolean>> = {
  IBAN: (value) => ibanOf(value) === value,
  CODICE_FISCALE: isCodiceFiscale,
  EMAIL: (value) => emailAddressOf(value) === value,
  PHONE: (value) => /^\+?[\d ./()-]+$/.test(value) && /^\d{6,15}$/.test(value.replace(/\D/g, '')),
  POSTAL_CODE: (value) => /^\d{5}$/.test(value),
  YEAR: (value) => /^(19|20)\d{2}$/.test(value),
};

/**
 * One spelling for each value, so that a repetition is recognised: codes without blanks, in capitals.
 */
function toStoredValue(field: StoredField | undefined, given: string): string {
  const text = given.normalize('NFC').trim();
  const kind = field?.rule?.kind;
  return (kind === undefined ? null : spellings[kind]?.(text)) ?? text;
}

/** Null for a text that is not such a value: the rule refuses it as it was typed. */
const spellings: Readonly<Partial<Record<AnswerRule['kind'], (text: string) => string | null>>> = {
  IBAN: ibanOf,
  CODICE_FISCALE: codiceFiscaleOf,
  EMAIL: emailAddressOf,
  PHONE: (text) => text.replace(/[\p{Zs}\t]+/gu, ' ').replace(/\p{Cf}/gu, ''),
  POSTAL_CODE: compactCode,
  YEAR: compactCode,
};

/** Line breaks and tabs are text; other control characters of Unicode, and half of a surrogate pair, are not. */
function hasControls(value: string): boolean {
  return !value.isWellFormed() || /[\p{Cc}\u2028\u2029]/u.test(value.replace(/[\n\r\t]/g, ''));
}

function fieldProblem(
  code: string,
  problem: AnswerProblem,
  field: StoredField | undefined,
  language: 'it' | 'en',
): FieldProblem {
  const text = answerProblems[problem][language];
  return {
    path: `answers.${code}`,
    code: problem,
    message: `${text}${detailOf(problem, field, language)}`,
  };
}

function detailOf(problem: AnswerProblem, field: StoredField | undefined, language: 'it' | 'en'): string {
  if (problem === 'TOO_LONG') {
    const most = field?.maxLength ?? mostCharacters;
    return language === 'it' ? `: al massimo ${most} caratteri.` : `: at most ${most} characters.`;
  }
  return problem === 'NOT_AN_OPTION' && field?.rule?.kind === 'ONE_OF'
    ? `: ${field.rule.options.join('; ')}.`
    : '';
}

function sentence(it: string, en: string): Sentence {
  return { it, en };
}
