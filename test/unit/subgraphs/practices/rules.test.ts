import { describe, expect, it } from '@jest/globals';
import type { Caller } from '../../../../core/identity/caller.ts';
import { parseCalendarDate, parseCodiceFiscale } from '../../../../core/values/index.ts';
import { type KnownPeople, prefill } from '../../../../subgraphs/practices/filing/prefill.rules.ts';
import {
  answerProblems,
  changeAnswers,
  type StoredAnswers,
} from '../../../../subgraphs/practices/practice/answers.rules.ts';
import { checkRating } from '../../../../subgraphs/practices/ratings/rating.rules.ts';
import type { PrefillSource, StoredField } from '../../../../subgraphs/practices/records/template.entity.ts';
import { textField } from '../../../support/own-database.ts';

const codiceFiscale = parseCodiceFiscale('RSSCLD84C52A794Q');
const caller: Caller = {
  kind: 'citizen',
  id: 'Q2l0aXplbg',
  codiceFiscale,
  firstName: 'Claudia',
  lastName: 'Rossi',
  birthDate: parseCalendarDate('1984-03-12'),
  email: 'token@example.it',
  phone: '+39 333',
  signInMethod: 'SPID',
  level: 2,
};
const citizen = {
  ...{ codiceFiscale, firstName: 'CLAUDIA', lastName: 'ROSSI', birthDate: null },
  residence: { street: 'Via Roma', houseNumber: '3', postalCode: '24040', town: 'Calvenzano' } as never,
  email: 'residents@example.it',
  phone: null,
};

describe('what a draft starts with', () => {
  const first = (source: PrefillSource, people: Partial<KnownPeople>, more: Partial<StoredField> = {}) =>
    prefill([textField('X', { prefill: source, ...more })], { caller, citizen, child: null, ...people }).X;

  it('is certified when the residents’ data or the sign-in prove it', () => {
    expect(first('APPLICANT_FIRST_NAME', {})).toEqual({ value: 'CLAUDIA', certified: true });
    expect(first('APPLICANT_TOWN', {})).toEqual({ value: 'Calvenzano', certified: true });
    expect(first('APPLICANT_EMAIL', {})).toEqual({ value: 'residents@example.it', certified: true });
    expect(first('APPLICANT_BIRTH_DATE', {})).toEqual({ value: '1984-03-12', certified: true });
    expect(first('APPLICANT_LAST_NAME', { citizen: null })).toEqual({ value: 'Rossi', certified: true });
  });

  it('is not certified when a person typed it once', () => {
    expect(first('APPLICANT_EMAIL', { citizen: null })).toEqual({
      value: 'token@example.it',
      certified: false,
    });
    expect(first('APPLICANT_PHONE', { citizen: null })).toEqual({ value: '+39 333', certified: false });
    const typed = { key: null, codiceFiscale: 'X', firstName: 'Luca', lastName: 'Bianchi', birthDate: null };
    expect(first('CHILD_FIRST_NAME', { child: typed })).toEqual({ value: 'Luca', certified: false });
    expect(first('CHILD_FIRST_NAME', { child: { ...typed, key: '7' } })).toEqual({
      value: 'Luca',
      certified: true,
    });
  });

  it('is the form’s default where nothing is known, and nothing for a note', () => {
    expect(first('APPLICANT_STREET', { citizen: null })).toBeUndefined();
    expect(first('CHILD_BIRTH_DATE', {}, { defaultValue: 'no' })).toEqual({ value: 'no', certified: false });
    expect(first('APPLICANT_FIRST_NAME', {}, { kind: 'NOTE' })).toBeUndefined();
    const blank = { ...citizen, firstName: '  ' };
    expect(first('APPLICANT_FIRST_NAME', { citizen: blank })).toBeUndefined();
  });

  it('is a business’s code and name', () => {
    const business = { kind: 'business', codiceFiscale: '02345678901', name: 'Trattoria' } as never;
    const known = (source: PrefillSource) => first(source, { caller: business, citizen: null })?.value;
    expect(known('APPLICANT_CODICE_FISCALE')).toBe('02345678901');
    expect(known('APPLICANT_LAST_NAME')).toBe('Trattoria');
    expect(known('APPLICANT_FIRST_NAME')).toBeUndefined();
  });
});

describe('answers that change', () => {
  const change = (field: Partial<StoredField>, value: string | null, current: StoredAnswers = {}) => {
    const { answers, problems } = changeAnswers(
      [textField('X', field)],
      current,
      [{ code: 'X', value }],
      'en',
    );
    return problems[0]?.code ?? answers.X?.value ?? null;
  };
  const certified = { X: { value: 'Rossi', certified: true } };

  it.each<[Partial<StoredField>, string | null, string | null]>([
    [{}, ' due\nrighe ', 'due\nrighe'],
    [{}, '   ', null],
    [{}, null, null],
    [{ maxLength: 3 }, 'abc', 'abc'],
    [{ maxLength: 3 }, 'abcd', 'TOO_LONG'],
    [{ maxLength: null }, 'x'.repeat(4_001), 'TOO_LONG'],
    [{}, 'a\u0007', 'NOT_TEXT'],
    [{}, 'a\ud800', 'NOT_TEXT'],
    [{ kind: 'NOTE' }, 'a', 'NOTE_TAKES_NO_ANSWER'],
    [{ kind: 'CHECKBOX' }, 'true', 'true'],
    [{ kind: 'CHECKBOX' }, 'sì', 'NOT_A_CHECKBOX'],
    [{ kind: 'DATE' }, '2024-02-29', '2024-02-29'],
    [{ kind: 'DATE' }, '2025-02-29', 'NOT_A_DATE'],
    [{ rule: { kind: 'ONE_OF', options: ['Pasto'] } }, 'pasto', 'NOT_AN_OPTION'],
    [{ rule: { kind: 'YEAR' } }, '2 026', '2026'],
    [{ rule: { kind: 'YEAR' } }, '1899', 'YEAR_INVALID'],
    [{ rule: { kind: 'POSTAL_CODE' } }, '2404', 'POSTAL_CODE_INVALID'],
    [{ rule: { kind: 'PHONE' } }, '+39 (035) 86.07-22', '+39 (035) 86.07-22'],
    [{ rule: { kind: 'PHONE' } }, '12345', 'PHONE_INVALID'],
    [{ rule: { kind: 'CODICE_FISCALE' } }, 'rss cld 84c52 a794q', 'RSSCLD84C52A794Q'],
    [{ rule: { kind: 'CODICE_FISCALE' } }, 'RSSCLD84C52A794R', 'CODICE_FISCALE_INVALID'],
    [
      { maxLength: 40, rule: { kind: 'IBAN' } },
      'it60 x054 2811 1010 0000 0123 456',
      'IT60X0542811101000000123456',
    ],
    [{ maxLength: 40, rule: { kind: 'IBAN' } }, 'IT61X0542811101000000123456', 'IBAN_INVALID'],
    // Brazil is outside SEPA.
    [{ maxLength: 40, rule: { kind: 'IBAN' } }, 'BR1800360305000010009795493C1', 'IBAN_NOT_SEPA'],
    [{ rule: { kind: 'EMAIL' } }, 'nome@', 'EMAIL_INVALID'],
  ])('%j takes %j as %j', (field, value, expected) => {
    expect(change(field, value)).toBe(expected);
  });

  it('leave what is certified, unless the form lets it change', () => {
    expect(change({}, 'Verdi', certified)).toBe('CERTIFIED');
    expect(change({}, null, certified)).toBe('CERTIFIED');
    expect(change({}, 'Rossi', certified)).toBe('Rossi');
    const { answers } = changeAnswers(
      [textField('X', { isEditable: true })],
      certified,
      [{ code: 'X', value: 'Verdi' }],
      'en',
    );
    expect(answers).toEqual({ X: { value: 'Verdi', certified: false } });
  });

  it('are told apart by their problems, in the language of the caller', () => {
    const changes = [
      { code: 'X', value: 'a' },
      { code: 'X', value: 'b' },
      { code: 'Y', value: 'c' },
    ];
    const { problems } = changeAnswers([textField('X')], {}, changes, 'it');
    expect(problems).toEqual([
      { path: 'answers.X', code: 'GIVEN_TWICE', message: answerProblems.GIVEN_TWICE.it },
      { path: 'answers.Y', code: 'UNKNOWN_FIELD', message: 'Il modulo non ha questo campo.' },
    ]);
    const long = changeAnswers([textField('X', { maxLength: 2 })], {}, [{ code: 'X', value: 'abc' }], 'en');
    expect(long.problems[0]?.message).toBe('The text is too long: at most 2 characters.');
  });
});

describe('a rating', () => {
  const input = { service: 'S', stars: 4, aspects: [], comment: null, idempotencyKey: 'k' } as const;
  const codes = (more: object) =>
    checkRating({ ...input, ...more } as never).problems.map(({ path, code }) => `${path} ${code}`);

  it('has one to five stars, and aspects that fit them', () => {
    for (const stars of [1, 2, 3, 4, 5]) expect(codes({ stars })).toEqual([]);
    for (const stars of [0, 6, -1]) expect(codes({ stars })).toEqual(['stars STARS_INVALID']);
    expect(codes({ stars: 4, aspects: ['INSTRUCTIONS_CLEAR', 'OTHER'] })).toEqual([]);
    expect(codes({ stars: 3, aspects: ['INSTRUCTIONS_CLEAR'] })).toEqual(['aspects ASPECT_NOT_EXPECTED']);
    expect(codes({ stars: 3, aspects: ['TECHNICAL_PROBLEMS', 'OTHER'] })).toEqual([]);
    expect(codes({ stars: 4, aspects: ['TECHNICAL_PROBLEMS'] })).toEqual(['aspects ASPECT_NOT_EXPECTED']);
  });

  it('has a comment on one line, of 200 characters however they are encoded', () => {
    expect(checkRating({ ...input, comment: ' tutto\n bene ' } as never).rating.comment).toBe('tutto bene');
    expect(checkRating({ ...input, comment: ' \n ' } as never).rating.comment).toBeNull();
    expect(codes({ comment: '😀'.repeat(200) })).toEqual([]);
    expect(codes({ comment: '😀'.repeat(201) })).toEqual(['comment TOO_LONG']);
    expect(codes({ comment: 'a\u0000' })).toEqual(['comment NOT_TEXT']);
  });

  it('is the same whatever the order of its aspects', () => {
    const rated = (aspects: readonly string[]) => checkRating({ ...input, aspects } as never).rating.aspects;
    expect(rated(['OTHER', 'INSTRUCTIONS_CLEAR', 'OTHER'])).toEqual(['INSTRUCTIONS_CLEAR', 'OTHER']);
  });
});
