import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseCalendarDate } from '../../../../core/values/index.ts';
import { toNewChild } from '../../../../subgraphs/practices/filing/new-child.rules.ts';
import { missingFrom } from '../../../../subgraphs/practices/practice/completeness.rules.ts';
import type { FormEntity, StoredField } from '../../../../subgraphs/practices/records/template.entity.ts';
import { expectedBy, type Term } from '../../../../subgraphs/practices/registration/expected-by.rules.ts';
import { toForm } from '../../../../subgraphs/practices/template/template.type.ts';
import { textField } from '../../../support/own-database.ts';

const box = (code: string, more: Partial<StoredField> = {}) =>
  textField(code, { kind: 'CHECKBOX', required: false, maxLength: null, ...more });
const formOf = (fields: readonly StoredField[], more: Partial<FormEntity> = {}): FormEntity => ({
  templateId: 'ISCR-2026',
  revision: 'r1',
  fields,
  requiredAttachments: [],
  choices: [],
  decidedWithinDays: null,
  ...more,
});

describe('a form, as a front end builds it', () => {
  it('says what each text must look like, and NONE where anything goes or a list decides', () => {
    const rules = ['IBAN', 'CODICE_FISCALE', 'EMAIL', 'PHONE', 'POSTAL_CODE', 'YEAR'] as const;
    const { fields } = toForm(
      formOf([
        ...rules.map((kind) => textField(kind, { rule: { kind } })),
        textField('SCUOLA', { rule: { kind: 'ONE_OF', options: ['Infanzia', 'Primaria'] } }),
        textField('NOTE', { rule: null }),
        textField('CLASSE'),
      ]),
    );
    expect(fields.map(({ code, rule, options }) => [code, rule, options])).toEqual([
      ['IBAN', 'IBAN', []],
      ['CODICE_FISCALE', 'CODICE_FISCALE', []],
      ['EMAIL', 'EMAIL', []],
      ['PHONE', 'PHONE', []],
      ['POSTAL_CODE', 'POSTAL_CODE', []],
      ['YEAR', 'YEAR', []],
      ['SCUOLA', 'NONE', ['Infanzia', 'Primaria']],
      ['NOTE', 'NONE', []],
      ['CLASSE', 'NONE', []],
    ]);
  });

  it('says which checkboxes are chosen from together, from the form and from each field', () => {
    const choices = [
      { label: 'Giorni', codes: ['LUN', 'MAR', 'MER'], atLeast: 1, atMost: 3 },
      { label: 'Pagamento', codes: ['PAGOPA', 'SDD'], atLeast: 1, atMost: 1 },
    ];
    const codes = ['LUN', 'MAR', 'MER', 'PAGOPA', 'SDD', 'PRIVACY'];
    const { fields, choiceGroups } = toForm(
      formOf(
        codes.map((code) => box(code)),
        { choices },
      ),
    );
    expect(choiceGroups).toEqual([
      { id: 'choice-1', label: 'Giorni', fieldCodes: ['LUN', 'MAR', 'MER'], min: 1, max: 3 },
      { id: 'choice-2', label: 'Pagamento', fieldCodes: ['PAGOPA', 'SDD'], min: 1, max: 1 },
    ]);
    expect(fields.map(({ choiceGroup }) => choiceGroup?.id ?? null)).toEqual([
      'choice-1',
      'choice-1',
      'choice-1',
      'choice-2',
      'choice-2',
      null,
    ]);
  });
});

describe('what a form still needs', () => {
  const yes = { value: 'true', certified: false };
  const missing = (form: FormEntity, answers: Record<string, typeof yes>) =>
    missingFrom(form, answers, [], 'it').map(({ path, code }) => `${path} ${code}`);

  it('leaves out a field whose checkbox is not ticked, or whose checkbox itself does not apply', () => {
    const form = formOf([
      box('DIETA'),
      box('MEDICA', { linkedFieldCode: 'DIETA' }),
      textField('QUALE', { linkedFieldCode: 'MEDICA' }),
    ]);
    expect(missing(form, {})).toEqual([]);
    expect(missing(form, { MEDICA: yes })).toEqual([]);
    expect(missing(form, { DIETA: yes })).toEqual([]);
    expect(missing(form, { DIETA: yes, MEDICA: yes })).toEqual(['answers.QUALE REQUIRED']);
  });

  it('has one name of a person with a single name, and at least one', () => {
    const form = formOf([
      textField('NOME', { prefill: 'CHILD_FIRST_NAME' }),
      textField('COGNOME', { prefill: 'CHILD_LAST_NAME' }),
      textField('RICH_NOME', { prefill: 'APPLICANT_FIRST_NAME' }),
      textField('SCUOLA'),
    ]);
    const named = { value: 'Rahman', certified: true };
    const others = { RICH_NOME: named, SCUOLA: named };
    expect(missing(form, { ...others, COGNOME: named })).toEqual([]);
    expect(missing(form, { ...others, NOME: named })).toEqual([]);
    expect(missing(form, others)).toEqual(['answers.NOME REQUIRED', 'answers.COGNOME REQUIRED']);
    expect(missing(form, { COGNOME: named })).toEqual([
      'answers.RICH_NOME REQUIRED',
      'answers.SCUOLA REQUIRED',
    ]);
  });

  it('ends for checkboxes that depend on one another', () => {
    const form = formOf([
      box('A', { linkedFieldCode: 'B' }),
      box('B', { linkedFieldCode: 'A' }),
      textField('C', { linkedFieldCode: 'A' }),
    ]);
    expect(missing(form, { A: yes, B: yes })).toEqual([]);
  });

  it('counts in a choice only the checkboxes that apply, and asks for nothing when none does', () => {
    const linkedFieldCode = 'MENSA';
    const choices = [{ label: 'Giorni', codes: ['LUN', 'MAR'], atLeast: 1, atMost: 1 }];
    const form = formOf([box('MENSA'), box('LUN', { linkedFieldCode }), box('MAR', { linkedFieldCode })], {
      choices,
    });
    expect(missing(form, {})).toEqual([]);
    expect(missing(form, { LUN: yes, MAR: yes })).toEqual([]);
    expect(missing(form, { MENSA: yes })).toEqual(['answers.LUN CHOOSE_MORE']);
    expect(missing(form, { MENSA: yes, MAR: yes })).toEqual([]);
    expect(missing(form, { MENSA: yes, LUN: yes, MAR: yes })).toEqual(['answers.MAR CHOOSE_FEWER']);
  });
});

describe('a child that an applicant describes', () => {
  const today = parseCalendarDate('2026-10-15');
  const describedOn = (birthDate: string, codiceFiscale = '12345678903') =>
    toNewChild(
      { codiceFiscale, firstName: 'Tommaso', lastName: 'Colombo', birthDate: parseCalendarDate(birthDate) },
      today,
      'it',
    ).problems.map(({ code }) => code);

  it('has a birth date of any year, which is a minor’s', () => {
    expect(['2008-10-16', '2026-10-15'].map((date) => describedOn(date))).toEqual([[], []]);
    const day = fc
      .integer({ min: -719_162, max: 2_932_896 })
      .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, (date) => {
        const isMinors = date > '2008-10-15' && date <= '2026-10-15';
        expect(describedOn(date)).toEqual(isMinors ? [] : ['BIRTH_DATE_INVALID']);
      }),
      { examples: [['0001-01-01'], ['9999-12-31'], ['2008-10-15'], ['2026-10-16']] },
    );
  });

  it('has the birth date of the codice fiscale, unless that is provisional', () => {
    expect(describedOn('2016-09-21', 'CLMTMS16P21A794F')).toEqual([]);
    expect(describedOn('2016-09-22', 'CLMTMS16P21A794F')).toEqual(['BIRTH_DATE_DIFFERS']);
    expect(describedOn('2016-09-22', '12345678903')).toEqual([]);
    expect(describedOn('2016-09-22', '12345678904')).toEqual(['CODICE_FISCALE_INVALID']);
  });
});

describe('the latest day for an outcome', () => {
  const today = parseCalendarDate('2026-11-01');
  const at = (day: string, status: Term['status'], time = '09:00') => ({
    at: new Date(`2026-${day}T${time}:00Z`),
    status,
  });
  const term = (more: Partial<Term> = {}): Term => ({
    status: 'REGISTERED',
    registeredAt: new Date('2026-10-01T09:00:00Z'),
    decidedWithinDays: 30,
    milestones: [at('10-01', 'SUBMITTED'), at('10-01', 'REGISTERED')],
    ...more,
  });

  it('is the day of registration in Rome and the term', () => {
    expect(expectedBy(term(), today)).toBe('2026-10-31');
    expect(expectedBy(term({ registeredAt: new Date('2026-09-30T22:30:00Z') }), today)).toBe('2026-10-31');
    expect(expectedBy(term({ registeredAt: new Date('2026-12-15T09:00:00Z') }), today)).toBe('2027-01-14');
  });

  it('is there neither before registration nor without a term, nor once it is decided or withdrawn', () => {
    expect(expectedBy(term({ registeredAt: null, status: 'SUBMITTED' }), today)).toBeNull();
    expect(expectedBy(term({ decidedWithinDays: null }), today)).toBeNull();
    for (const status of ['ACCEPTED', 'REJECTED', 'WITHDRAWN'] as const)
      expect(expectedBy(term({ status }), today)).toBeNull();
    expect(expectedBy(term({ status: 'UNKNOWN' }), today)).toBe('2026-10-31');
  });

  it('moves on by the days on which the office waits for the applicant', () => {
    const asked = [...term().milestones, at('10-10', 'INTEGRATION_REQUESTED')];
    const waiting = term({ status: 'INTEGRATION_REQUESTED', milestones: asked });
    expect(expectedBy(waiting, parseCalendarDate('2026-10-10'))).toBe('2026-10-31');
    expect(expectedBy(waiting, parseCalendarDate('2026-10-15'))).toBe('2026-11-05');
    const answered = [...asked, at('10-17', 'SUBMITTED'), at('10-19', 'REGISTERED')];
    expect(expectedBy(term({ status: 'SUBMITTED', milestones: answered.slice(0, 4) }), today)).toBe(
      '2026-11-07',
    );
    expect(expectedBy(term({ milestones: answered }), today)).toBe('2026-11-07');
    const again = [...answered, at('10-20', 'INTEGRATION_REQUESTED'), at('10-22', 'INTEGRATION_REQUESTED')];
    expect(expectedBy(term({ status: 'INTEGRATION_REQUESTED', milestones: again }), today)).toBe(
      '2026-11-19',
    );
  });
});
