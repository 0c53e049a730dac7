import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BusinessCaller, Caller } from '../../../../core/identity/caller.ts';
import { createId } from '../../../../core/ids.ts';
import { parseCodiceFiscale, parsePartitaIva } from '../../../../core/values/index.ts';
import {
  completeAnswers,
  enrolmentTemplate,
  type FilingTown,
  filing,
  luca,
  marco,
  openFilingTown,
  paolo,
  sofia,
  sofiaCode,
} from '../../../support/filing-town.ts';

const trattoria: BusinessCaller = {
  kind: 'business',
  id: 'business-trattoria',
  partitaIva: parsePartitaIva('03123450169'),
  codiceFiscale: parseCodiceFiscale('03123450169'),
  name: 'Trattoria del Borgo S.r.l.',
  signInMethod: 'VAT_PASSWORD',
};
const anonymous: Caller = { kind: 'anonymous' };
const program: Caller = { kind: 'machine', clientId: 'm', scopes: [] };

let town: FilingTown;
beforeAll(async () => {
  town = await openFilingTown();
  await town.addTemplate();
});
afterAll(() => town.close());

const codesOf = (refusal: { problems: { path: string; code: string }[] }) =>
  refusal.problems.map(({ path, code }) => `${path} ${code}`);

describe('starting a practice', () => {
  it('answers a draft with what the legacy system knows, certified field by field', async () => {
    const { start } = filing(town);
    town.sent();
    const { __typename, practice } = await start({
      templateId: enrolmentTemplate,
      childId: sofia,
      idempotencyKey: 'a',
    });
    expect(__typename).toBe('PracticeStarted');
    expect(practice).toMatchObject({
      status: 'DRAFT',
      version: 1,
      child: { id: sofia },
      history: [{ status: 'DRAFT' }],
    });
    expect(practice.answers).toEqual(
      expect.arrayContaining([
        { code: 'RICH_COGNOME', value: 'Rossi', certified: true },
        { code: 'RICH_EMAIL', value: 'claudia.rossi@example.com', certified: true },
        { code: 'ALUN_CF', value: sofiaCode, certified: true },
      ]),
    );
    expect(practice.answers).toHaveLength(3);
    expect(practice.problems.map(({ path }: { path: string }) => path)).toEqual([
      'answers.SCUOLA',
      'answers.PRIVACY',
      'answers.PAG_PAGOPA',
      'attachments.CERT',
    ]);
    // Shares and blocks, template, key, form; then the transaction: the person’s turn, look, drafts, insert, event, key, the event of the audit in two; then files and events to answer with.
    expect(town.sent().filter((text) => !/^(START|COMMIT)/.test(text))).toHaveLength(12);
    expect(town.audit.events).toContainEqual(
      expect.objectContaining({ action: 'Practice.start', outcome: 'allowed', subjectIds: [practice.id] }),
    );
  });

  it('answers the same draft to the same key, and to who starts it once more', async () => {
    const { start } = filing(town);
    const first = await start({ templateId: enrolmentTemplate, childId: sofia, idempotencyKey: 'a' });
    const again = await start({ templateId: enrolmentTemplate, childId: sofia, idempotencyKey: 'a' });
    const without = await start({ templateId: enrolmentTemplate, childId: sofia });
    const other = await start({ templateId: enrolmentTemplate, childId: sofia, idempotencyKey: 'b' });
    expect(new Set([first, again, without, other].map(({ practice }) => practice.id)).size).toBe(1);
  });

  it('refuses a key that came with other content', async () => {
    const { start } = filing(town);
    const reused = await start({ templateId: enrolmentTemplate, childId: luca, idempotencyKey: 'a' });
    expect(reused).toMatchObject({ __typename: 'IdempotencyKeyReused', code: 'IDEMPOTENCY_KEY_REUSED' });
    // Another's same key is another key.
    const marcos = await filing(town, marco).start({
      templateId: enrolmentTemplate,
      childId: luca,
      idempotencyKey: 'a',
    });
    expect(marcos.__typename).toBe('PracticeStarted');
  });

  it('makes one draft of many starts at one moment, whatever their keys', async () => {
    const { start } = filing(town);
    for (const key of ['together', undefined]) {
      const template = await town.addTemplate({ id: `T-${key}`, revision: 'r1' });
      const input = {
        templateId: template,
        childId: luca,
        ...(key === undefined ? {} : { idempotencyKey: key }),
      };
      const all = await Promise.all(Array.from({ length: 8 }, () => start(input)));
      expect(new Set(all.map(({ practice }) => practice?.id)).size).toBe(1);
      expect(all[0].practice.history).toHaveLength(1);
    }
    const [one, two] = await Promise.all(
      ['T-together', 'T-undefined'].map((id) =>
        start({
          templateId: createId('PracticeTemplate', id),
          childId: sofia,
          idempotencyKey: 'one key, two wishes',
        }),
      ),
    );
    expect([one.__typename, two.__typename].sort()).toEqual(['IdempotencyKeyReused', 'PracticeStarted']);
  });

  it('lets nobody start it who may not, and tells none of them why', async () => {
    const wanted = { templateId: enrolmentTemplate, childId: sofia };
    const seen = [];
    for (const [as, input] of [
      [anonymous, wanted],
      [program, wanted],
      [trattoria, wanted],
      [paolo, wanted],
      [undefined, { ...wanted, childId: createId('Child', 'A9') }],
      [undefined, { ...wanted, childId: 'nonsense' }],
      [undefined, { ...wanted, templateId: createId('PracticeTemplate', 'NONE') }],
      [undefined, { ...wanted, templateId: 'nonsense' }],
    ] as const)
      seen.push(await filing(town, as).start(input));
    expect(new Set(seen.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(seen[0]).toMatchObject({ __typename: 'NotAllowed', code: 'NOT_ALLOWED' });
    expect(town.audit.events.at(-1)).toMatchObject({ action: 'Practice.start', outcome: 'refused' });
  });

  it('knows when a template is not open yet, and when no more, with a sentence in either language', async () => {
    const early = await town.addTemplate({ id: 'EARLY', opensOn: '2026-10-16' });
    const late = await town.addTemplate({ id: 'LATE', closesOn: '2026-10-14' });
    const today = await town.addTemplate({ id: 'TODAY', opensOn: '2026-10-15', closesOn: '2026-10-15' });
    const { start } = filing(town, undefined, 'en');
    expect(await start({ templateId: early, childId: sofia })).toEqual({
      __typename: 'TemplateClosed',
      code: 'TEMPLATE_NOT_YET_OPEN',
      message: 'Applications open on 2026-10-16.',
      opensOn: '2026-10-16',
      closesOn: '2027-08-31',
    });
    expect(await filing(town).start({ templateId: late, childId: sofia })).toMatchObject({
      code: 'TEMPLATE_CLOSED',
      message: 'Le domande si potevano presentare fino al 14/10/2026.',
    });
    expect((await start({ templateId: today, childId: sofia })).__typename).toBe('PracticeStarted');
  });

  it('wants one child where a form is about one, and none where it is not', async () => {
    const plain = await town.addTemplate({ id: 'PLAIN', concernsChild: false });
    const { start } = filing(town);
    const newChild = {
      codiceFiscale: 'CLMTMS16P21A794F',
      firstName: 'Tommaso',
      lastName: 'Colombo',
      birthDate: '2016-09-21',
    };
    for (const [input, problems] of [
      [{ templateId: enrolmentTemplate }, ['childId REQUIRED']],
      [{ templateId: enrolmentTemplate, childId: sofia, newChild }, ['newChild NOT_EXPECTED']],
      [{ templateId: plain, childId: sofia }, ['childId NOT_EXPECTED']],
      [{ templateId: plain, newChild }, ['newChild NOT_EXPECTED']],
      [{ templateId: plain, idempotencyKey: '' }, ['idempotencyKey KEY_INVALID']],
      [{ templateId: plain, idempotencyKey: 'x'.repeat(256) }, ['idempotencyKey KEY_INVALID']],
    ] as const) {
      const refusal = await start(input);
      expect([refusal.__typename, codesOf(refusal)]).toEqual(['AnswersInvalid', problems]);
    }
    expect((await start({ templateId: plain })).practice.child).toBeNull();
  });

  it('takes a child that the legacy system does not know, once the description can be true', async () => {
    const { start } = filing(town);
    const tommaso = {
      codiceFiscale: 'clmtms16p21a794f ',
      firstName: 'Tommaso',
      lastName: ' Colombo',
      birthDate: '2016-09-21',
    };
    for (const [wrong, problem] of [
      [{ codiceFiscale: 'CLMTMS16P21A794G' }, 'newChild.codiceFiscale CODICE_FISCALE_INVALID'],
      [{ codiceFiscale: '03123450168' }, 'newChild.codiceFiscale CODICE_FISCALE_INVALID'],
      [{ firstName: ' ', lastName: '\u2003' }, 'newChild.lastName NAME_REQUIRED'],
      [{ firstName: 'Tommaso 2' }, 'newChild.firstName NAME_INVALID'],
      [{ firstName: 'Tom\nmaso' }, 'newChild.firstName LINE_BREAK'],
      [{ lastName: 'o'.repeat(101) }, 'newChild.lastName TOO_LONG'],
      [{ lastName: 'Colombo\u0000' }, 'newChild.lastName NAME_INVALID'],
      [{ birthDate: '2016-09-22' }, 'newChild.birthDate BIRTH_DATE_DIFFERS'],
      [{ birthDate: '2008-10-15' }, 'newChild.birthDate BIRTH_DATE_INVALID'],
      [{ birthDate: '2026-10-16' }, 'newChild.birthDate BIRTH_DATE_INVALID'],
    ] as const) {
      const refusal = await start({ templateId: enrolmentTemplate, newChild: { ...tommaso, ...wrong } });
      expect(codesOf(refusal)).toEqual([problem]);
    }
    const { practice } = await start({ templateId: enrolmentTemplate, newChild: tommaso });
    expect(practice).toMatchObject({ child: null, status: 'DRAFT' });
    expect(practice.answers).toContainEqual({ code: 'ALUN_CF', value: 'CLMTMS16P21A794F', certified: false });
    // Described rather than chosen, Sofia is still Sofia.
    const described = {
      codiceFiscale: `bnc sfo\u00a0${sofiaCode.slice(6)}\u200b`,
      firstName: 'Sofia',
      lastName: 'Bianchi',
      birthDate: '2021-02-18',
    };
    expect((await start({ templateId: enrolmentTemplate, newChild: described })).practice.child).toEqual({
      id: sofia,
    });
  });

  it('takes a child with a single name, a name of any letters, or a provisional codice fiscale', async () => {
    const { start } = filing(town);
    const birthDate = '2016-09-21';
    const children = [
      [{ codiceFiscale: ' clm tms\u00a016p21A794f', firstName: '', lastName: 'Rahman' }, ['', 'Rahman']],
      [
        { codiceFiscale: '123 4567 8903', firstName: 'শ্রীমতী', lastName: ' D´Angelo–Rossi' },
        ['শ্রীমতী', 'D´Angelo–Rossi'],
      ],
      [
        { codiceFiscale: '12345670017', firstName: 'Maria,Caterina', lastName: 'NICOLO`' },
        ['Maria,Caterina', 'NICOLO`'],
      ],
    ] as const;
    for (const [index, [child, [firstName, lastName]]] of children.entries()) {
      const templateId = await town.addTemplate({ id: `N-${index}` });
      const newChild = { ...child, birthDate };
      const { practice } = await start({ templateId, newChild });
      expect(practice).toMatchObject({ status: 'DRAFT' });
      // The same child again is the same draft.
      const again = { ...newChild, codiceFiscale: child.codiceFiscale.replace(/\s/g, '').toUpperCase() };
      expect((await start({ templateId, newChild: again })).practice.id).toBe(practice.id);
      const [row] = await town.database.query(`SELECT child FROM practice WHERE template_id = $1`, [
        `N-${index}`,
      ]);
      expect(row.child).toEqual({ ...again, key: null, firstName, lastName });
    }
  });
});

describe('saving a draft', () => {
  const fresh = async (id: string) => {
    const template = await town.addTemplate({ id });
    return (await filing(town).start({ templateId: template, childId: sofia })).practice as {
      id: string;
      version: number;
    };
  };

  it('keeps what is there, incomplete as often as wanted; null clears; what is left out stays', async () => {
    const { save } = filing(town);
    const { id } = await fresh('S-KEEP');
    await save({
      practiceId: id,
      version: 1,
      answers: [
        { code: 'SCUOLA', value: 'Infanzia' },
        { code: 'CLASSE', value: 'Api' },
      ],
    });
    town.sent();
    const second = await save({
      practiceId: id,
      version: 2,
      answers: [
        { code: 'CLASSE', value: null },
        { code: 'PRIVACY', value: 'true' },
      ],
    });
    // Blocks; then lock and update within one transaction (a form is read once a process); then form, files and events to answer with.
    expect(town.sent().filter((text) => !/^(START|COMMIT)/.test(text))).toHaveLength(6);
    expect(second.__typename).toBe('PracticeSaved');
    expect(second.practice.version).toBe(3);
    const codes = second.practice.answers.map(({ code }: { code: string }) => code);
    expect(codes).toEqual(expect.arrayContaining(['SCUOLA', 'PRIVACY']));
    expect(codes).not.toContain('CLASSE');
    // Another device reads the same.
    const { practice } = await town.ask(`{ practice(id: "${id}") { version answers { code } } }`);
    expect(practice).toEqual({
      version: 3,
      answers: second.practice.answers.map(({ code }: { code: string }) => ({ code })),
    });
  });

  it('answers a repeated save as the first, and does not raise the version for nothing', async () => {
    const { save } = filing(town);
    const { id } = await fresh('S-REPEAT');
    const input = { practiceId: id, version: 1, answers: [{ code: 'CLASSE', value: 'Api' }] };
    expect((await save(input)).practice.version).toBe(2);
    expect(await save(input)).toMatchObject({ __typename: 'PracticeSaved', practice: { version: 2 } });
    expect((await save({ ...input, version: 2 })).practice.version).toBe(2);
    expect((await save({ practiceId: id, version: 2, answers: [] })).practice.version).toBe(2);
  });

  it('lets two tabs not overwrite each other: one of two at once is kept, the other sees it', async () => {
    const { save } = filing(town);
    const { id } = await fresh('S-TABS');
    const both = await Promise.all(
      ['1A', '1B'].map((value) => save({ practiceId: id, version: 1, answers: [{ code: 'CLASSE', value }] })),
    );
    const [saved, conflict] = [...both].sort((a, b) => a.__typename.localeCompare(b.__typename));
    expect([saved.__typename, conflict.__typename, conflict.code]).toEqual([
      'PracticeSaved',
      'VersionConflict',
      'VERSION_CONFLICT',
    ]);
    expect(conflict.current).toMatchObject({ version: 2, answers: saved.practice.answers });
    expect((await save({ practiceId: id, version: 7, answers: [] })).__typename).toBe('VersionConflict');
  });

  it('refuses all that could never be valid, field by field, and keeps nothing of it', async () => {
    const { save } = filing(town);
    const { id } = await fresh('S-INVALID');
    const wrong = [
      ['ZZZ', 'x', 'UNKNOWN_FIELD'],
      ['NOTA', 'x', 'NOTE_TAKES_NO_ANSWER'],
      ['RICH_COGNOME', 'Verdi', 'CERTIFIED'],
      ['CLASSE', 'undici caratteri', 'TOO_LONG'],
      ['SCUOLA', 'Un’altra', 'NOT_AN_OPTION'],
      ['DATA_INIZIO', '2026-02-30', 'NOT_A_DATE'],
      ['DATA_INIZIO', '15/10/2026', 'NOT_A_DATE'],
      ['PRIVACY', 'forse', 'NOT_A_CHECKBOX'],
      ['IBAN', 'IT60X0542811101000000123457', 'IBAN_INVALID'],
      ['RICH_EMAIL', 'claudia@', 'EMAIL_INVALID'],
      ['CLASSE', '1\u0000A', 'NOT_TEXT'],
      ['CLASSE', '1\ud800', 'NOT_TEXT'],
      ['ALUN_CF', null, 'CERTIFIED'],
    ] as const;
    for (const [code, value, expected] of wrong) {
      const refusal = await save({
        practiceId: id,
        version: 1,
        answers: [
          { code: 'PAG_PAGOPA', value: 'true' },
          { code, value },
        ],
      });
      expect([refusal.__typename, ...codesOf(refusal)]).toEqual([
        'AnswersInvalid',
        `answers.${code} ${expected}`,
      ]);
      expect(refusal.problems[0].message).not.toContain(value ?? '\u0000');
    }
    const twice = await save({
      practiceId: id,
      version: 1,
      answers: [
        { code: 'CLASSE', value: 'a' },
        { code: 'CLASSE', value: 'b' },
      ],
    });
    expect(codesOf(twice)).toEqual(['answers.CLASSE GIVEN_TWICE']);
    const { practice } = await town.ask(`{ practice(id: "${id}") { version answers { code } } }`);
    expect([practice.version, practice.answers.length]).toEqual([1, 3]);
    const inEnglish = await filing(town, undefined, 'en').save({
      practiceId: id,
      version: 1,
      answers: [{ code: 'CLASSE', value: 'x'.repeat(11) }],
    });
    expect(inEnglish.problems).toEqual([
      { path: 'answers.CLASSE', code: 'TOO_LONG', message: 'The text is too long: at most 10 characters.' },
    ]);
  });

  it('takes codes as people type and paste them, and refuses those that nobody can use', async () => {
    const { save } = filing(town);
    const { id } = await fresh('S-CODES');
    const written = async (version: number, code: string, value: string) => {
      const answer = await save({ practiceId: id, version, answers: [{ code, value }] });
      return answer.__typename === 'PracticeSaved'
        ? answer.practice.answers.find((one: { code: string }) => one.code === code)?.value
        : codesOf(answer)[0];
    };
    const typed = [
      ['IBAN', 'it60\u00a0X054-2811\u200910100000\u200b0123456', 'IT60X0542811101000000123456'],
      ['IBAN', 'DE89 3704 0044 0532 0130 00', 'DE89370400440532013000'],
      ['RICH_EMAIL', ' Claudia@Città.it ', 'Claudia@xn--citt-3na.it'],
      ['RICH_EMAIL', 'claudia+scuola@example.it', 'claudia+scuola@example.it'],
    ] as const;
    for (const [index, [code, value, stored]] of typed.entries())
      expect(await written(index + 1, code, value)).toBe(stored);
    const refused = [
      // Brazil's example: valid, and outside SEPA.
      ['IBAN', 'BR15 0000 0000 0000 1093 2840 814P 2', 'IBAN_NOT_SEPA'],
      ['IBAN', 'IT60X05428111010000001234', 'IBAN_INVALID'],
      ['RICH_EMAIL', 'a@example.it.', 'EMAIL_INVALID'],
      ['RICH_EMAIL', 'mario@example..it', 'EMAIL_INVALID'],
      ['RICH_EMAIL', '.mario@example.it', 'EMAIL_INVALID'],
      ['RICH_EMAIL', 'mariò@example.it', 'EMAIL_INVALID'],
    ] as const;
    for (const [code, value, problem] of refused)
      expect(await written(typed.length + 1, code, value)).toBe(`answers.${code} ${problem}`);
  });

  it('keeps one spelling of an IBAN, and marks what was written over the legacy system as no more certified', async () => {
    const { save } = filing(town);
    const { id } = await fresh('S-SPELL');
    const { practice } = await save({
      practiceId: id,
      version: 1,
      answers: [
        { code: 'IBAN', value: ' it60 X054 2811 1010 0000 0123 456' },
        { code: 'RICH_EMAIL', value: 'altra@example.com' },
        { code: 'ALUN_CF', value: sofiaCode.toLowerCase() },
      ],
    });
    expect(practice.answers).toEqual(
      expect.arrayContaining([
        { code: 'IBAN', value: 'IT60X0542811101000000123456', certified: false },
        { code: 'RICH_EMAIL', value: 'altra@example.com', certified: false },
        { code: 'ALUN_CF', value: sofiaCode, certified: true },
      ]),
    );
  });

  it('asks for what hangs on a checkbox only once it is ticked, and for one way to pay', async () => {
    const { save } = filing(town);
    const { id } = await fresh('S-LINKED');
    const problemsAfter = async (version: number, ...ticked: readonly string[]) => {
      const answers = ['PAG_PAGOPA', 'PAG_SDD'].map((code) => ({
        code,
        value: String(ticked.includes(code)),
      }));
      const { practice } = await save({
        practiceId: id,
        version,
        answers: [...answers, { code: 'SCUOLA', value: 'Infanzia' }, { code: 'PRIVACY', value: 'true' }],
      });
      return codesOf(practice);
    };
    const certificate = 'attachments.CERT REQUIRED';
    expect(await problemsAfter(1)).toEqual(['answers.PAG_PAGOPA CHOOSE_MORE', certificate]);
    expect(await problemsAfter(2, 'PAG_SDD')).toEqual(['answers.IBAN REQUIRED', certificate]);
    expect(await problemsAfter(3, 'PAG_PAGOPA')).toEqual([certificate]);
    expect(await problemsAfter(4, 'PAG_PAGOPA', 'PAG_SDD')).toEqual([
      'answers.IBAN REQUIRED',
      'answers.PAG_SDD CHOOSE_FEWER',
      certificate,
    ]);
  });

  it('is nobody else’s: others, strangers and those who made the id up are answered alike', async () => {
    const { id } = await fresh('S-OTHERS');
    const seen = [];
    for (const [as, practiceId] of [
      [marco, id],
      [paolo, id],
      [anonymous, id],
      [program, id],
      [undefined, createId('Practice', 'O', '3f0c1c3e-1111-4222-8333-444455556666')],
      [undefined, createId('Practice', 'O', 'no-uuid')],
      [undefined, 'nonsense'],
    ] as const)
      for (const work of ['save', 'submit', 'withdraw', 'integrate'] as const) {
        const more =
          work === 'save' || work === 'integrate' ? { answers: [{ code: 'CLASSE', value: 'x' }] } : {};
        seen.push(await filing(town, as)[work]({ practiceId, version: 1, ...more }));
      }
    expect(new Set(seen.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(seen[0]).toMatchObject({ __typename: 'NotAllowed' });
  });

  it('can be discarded for good, after which the same may be started anew', async () => {
    const { start, withdraw, save } = filing(town);
    const { id } = await fresh('S-DISCARD');
    await save({ practiceId: id, version: 1, answers: completeAnswers });
    expect(await withdraw({ practiceId: id, version: 1 })).toMatchObject({ __typename: 'VersionConflict' });
    expect(await withdraw({ practiceId: id, version: 2 })).toMatchObject({
      __typename: 'PracticeWithdrawn',
      practice: { id, status: 'WITHDRAWN', answers: [], history: [], attachments: [] },
    });
    expect((await town.ask(`{ practice(id: "${id}") { id } }`)).practice).toBeNull();
    const again = await start({ templateId: createId('PracticeTemplate', 'S-DISCARD'), childId: sofia });
    expect(again.practice.id).not.toBe(id);
  });
});
