import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createId, parseId } from '../../../../core/ids.ts';
import type { FiledApplication } from '../../../../subgraphs/practices/records/filed-application.ts';
import {
  completeAnswers,
  type FilingTown,
  filing,
  luca,
  openFilingTown,
  sofia,
} from '../../../support/filing-town.ts';

let town: FilingTown;
beforeAll(async () => {
  town = await openFilingTown();
});
afterAll(() => town.close());

const uuidOf = (id: string) => parseId('Practice', id)?.[1] ?? '';
const submissionsOf = (id: string) =>
  town.database.query(`SELECT * FROM practice_submission WHERE practice_id = $1 ORDER BY filed_at, kind`, [
    uuidOf(id),
  ]);

/** A draft without attachments to wait for, complete; its id and version. */
async function complete(id: string, childId = sofia, more = {}) {
  const templateId = await town.addTemplate({ id, ...more }, { requiredAttachments: [] });
  const { start, save } = filing(town);
  const { practice } = await start({ templateId, childId });
  const saved = await save({ practiceId: practice.id, version: 1, answers: completeAnswers });
  return { practiceId: practice.id as string, version: saved.practice.version as number };
}

describe('INVIA', () => {
  it('records what was filed, with its hash, its event and the work of registering it, in one transaction', async () => {
    const input = await complete('F-ONE');
    // Nobody asks the legacy system: it may be down.
    town.anagrafe.isDown = true;
    town.sent();
    const mutation = `mutation ($input: SubmitPracticeInput!) { submitPractice(input: $input) { ... on PracticeSubmitted { practice { status version submittedAt } } } }`;
    const { submitPractice } = await town.ask(mutation, { input }).finally(() => {
      town.anagrafe.isDown = false;
    });
    expect(submitPractice.practice).toEqual({
      status: 'SUBMITTED',
      version: 3,
      submittedAt: '2026-10-15T07:00:00.000Z',
    });
    // Blocks; lock, template, form, files; submission, the job in two, the event in two, practice.
    expect(town.sent().filter((text) => !/^(START|COMMIT)/.test(text))).toHaveLength(10);

    const [submission, ...more] = await submissionsOf(input.practiceId);
    expect(more).toEqual([]);
    expect(submission.sha256).toBe(createHash('sha256').update(submission.as_filed).digest('hex'));
    expect(await town.waiting('practices.register')).toContain(submission.id);
    const filed: FiledApplication = JSON.parse(submission.as_filed);
    expect(filed).toEqual({
      kind: 'FILING',
      practiceId: uuidOf(input.practiceId),
      reference: submission.reference,
      templateId: 'F-ONE',
      procedureCode: 'ISCR',
      revision: 'r1',
      title: 'Modello Iscrizione Mensa A.S. 2026/2027',
      schoolYear: '2026/2027',
      filedAt: '2026-10-15T07:00:00.000Z',
      applicant: {
        kind: 'CITIZEN',
        codiceFiscale: 'RSSCLD84C52A794Q',
        firstName: 'Claudia',
        lastName: 'Rossi',
        name: null,
        email: 'claudia.rossi@example.com',
        signInMethod: 'SPID',
        level: 2,
      },
      child: {
        key: 'A4',
        codiceFiscale: 'BNCSFO21B58L400K',
        firstName: 'Sofia',
        lastName: 'Bianchi',
        birthDate: '2021-02-18',
      },
      answers: filed.answers,
      attachments: [],
      reason: null,
      previousEntry: null,
    });
    expect(filed.answers.map(({ code, value }) => `${code} ${value}`)).toEqual([
      'RICH_COGNOME Rossi',
      'RICH_EMAIL claudia.rossi@example.com',
      'ALUN_CF BNCSFO21B58L400K',
      'SCUOLA Infanzia',
      'PAG_SDD true',
      'IBAN IT60X0542811101000000123456',
      'PRIVACY true',
    ]);
    expect(filed.reference).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/);
  });

  it('shows when the protocol register is tried next, until it has the submission', async () => {
    const input = await complete('F-NEXT');
    expect((await filing(town).submit(input)).__typename).toBe('PracticeSubmitted');
    const next = async () =>
      (await town.ask(`{ practice(id: "${input.practiceId}") { nextRegistrationAttemptAt } }`)).practice
        .nextRegistrationAttemptAt;
    const set = (column: string) =>
      town.database.query(`UPDATE practice_submission SET ${column} = $2 WHERE practice_id = $1`, [
        uuidOf(input.practiceId),
        '2026-10-15T07:05:00Z',
      ]);
    expect(await next()).toBeNull();
    await set('next_attempt_at');
    expect(await next()).toBe('2026-10-15T07:05:00.000Z');
    await set('completed_at');
    expect(await next()).toBeNull();
  });

  it('does not file what hangs on a checkbox that was unticked again', async () => {
    const { practiceId, version } = await complete('F-UNTICKED');
    const { save, submit } = filing(town);
    const answers = [
      { code: 'PAG_SDD', value: 'false' },
      { code: 'PAG_PAGOPA', value: 'true' },
    ];
    await save({ practiceId, version, answers });
    expect((await submit({ practiceId, version: version + 1 })).__typename).toBe('PracticeSubmitted');
    const [{ as_filed }] = await submissionsOf(practiceId);
    expect(as_filed).not.toContain('IBAN');
  });

  it('keeps what was filed as it was, whoever tries', async () => {
    const input = await complete('F-KEPT');
    await filing(town).submit(input);
    const change = `UPDATE practice_submission SET as_filed = '{}' WHERE practice_id = '${uuidOf(input.practiceId)}'`;
    await expect(town.database.query(change)).rejects.toThrow('never changes');
  });

  it('files once, however often and however many at once it is asked', async () => {
    const input = await complete('F-ONCE');
    const { submit } = filing(town);
    const all = await Promise.all(Array.from({ length: 6 }, () => submit(input)));
    expect(all.map(({ __typename, practice }) => [__typename, practice?.version])).toEqual(
      all.map(() => ['PracticeSubmitted', input.version + 1]),
    );
    expect((await submit(input)).__typename).toBe('PracticeSubmitted');
    // Whoever has seen that it is filed and sends it again is told so; an older tab is told what is newer.
    expect(await submit({ ...input, version: input.version + 1 })).toMatchObject({
      __typename: 'NotEditable',
      code: 'NOT_EDITABLE',
      status: 'SUBMITTED',
    });
    expect(await submissionsOf(input.practiceId)).toHaveLength(1);
    const { practice } = await town.ask(`{ practice(id: "${input.practiceId}") { history { status } } }`);
    expect(practice.history).toEqual([{ status: 'DRAFT' }, { status: 'SUBMITTED' }]);
  });

  it('and a save at the same moment: either the save is filed, or one of the two hears of the other', async () => {
    const { practiceId, version } = await complete('F-RACE');
    const { save, submit } = filing(town);
    const [saved, submitted] = await Promise.all([
      save({ practiceId, version, answers: [{ code: 'CLASSE', value: 'Api' }] }),
      submit({ practiceId, version }),
    ]);
    expect([
      ['PracticeSaved', 'VersionConflict'],
      ['NotEditable', 'PracticeSubmitted'],
    ]).toContainEqual([saved.__typename, submitted.__typename]);
  });

  it('says all that is missing, and keeps the draft', async () => {
    const templateId = await town.addTemplate({ id: 'F-MISSING' });
    const { start, submit } = filing(town);
    const { practice } = await start({ templateId, childId: luca });
    const refusal = await submit({ practiceId: practice.id, version: 1 });
    expect([refusal.__typename, refusal.code]).toEqual(['PracticeIncomplete', 'PRACTICE_INCOMPLETE']);
    expect(refusal.problems).toEqual(practice.problems);
    expect(refusal.problems).toContainEqual({
      path: 'attachments.CERT',
      code: 'REQUIRED',
      message: 'Allegare "Certificato medico".',
    });
    expect(await submissionsOf(practice.id)).toEqual([]);
  });

  it('refuses what was not seen, and what came too late', async () => {
    const { practiceId, version } = await complete('F-LATE', luca);
    const { submit, save } = filing(town);
    expect(await submit({ practiceId, version: version - 1 })).toMatchObject({
      __typename: 'VersionConflict',
      current: { version },
    });
    await town.database.query(`UPDATE practice_template SET closes_on = '2026-10-14' WHERE id = 'F-LATE'`);
    expect(await submit({ practiceId, version })).toMatchObject({
      __typename: 'TemplateClosed',
      closesOn: '2026-10-14',
    });
    // The draft is still there, and may still be written in.
    expect((await save({ practiceId, version, answers: [{ code: 'CLASSE', value: '1A' }] })).__typename).toBe(
      'PracticeSaved',
    );
  });

  it('stands in the way of another start while it is alive, and of a form once a child also when accepted', async () => {
    for (const [id, oncePerChild, blocking] of [
      ['F-ONCE-A', true, ['SUBMITTED', 'REGISTERED', 'INTEGRATION_REQUESTED', 'UNKNOWN', 'ACCEPTED']],
      ['F-MANY-A', false, ['SUBMITTED', 'REGISTERED', 'INTEGRATION_REQUESTED', 'UNKNOWN']],
    ] as const) {
      const input = await complete(id, sofia, { oncePerChild });
      const { start, submit } = filing(town);
      await submit(input);
      const set = (status: string) =>
        town.database.query('UPDATE practice SET status = $1 WHERE id = $2', [
          status,
          uuidOf(input.practiceId),
        ]);
      for (const status of blocking) {
        await set(status);
        const again = await start({ templateId: createId('PracticeTemplate', id), childId: sofia });
        expect(again).toMatchObject({
          __typename: 'AlreadyFiled',
          code: 'ALREADY_FILED',
          practice: { id: input.practiceId, status },
        });
      }
      await set(oncePerChild ? 'REJECTED' : 'ACCEPTED');
      expect((await start({ templateId: createId('PracticeTemplate', id), childId: sofia })).__typename).toBe(
        'PracticeStarted',
      );
    }
  });

  it('leaves nothing of a submission whose job could not be asked for', async () => {
    const input = await complete('F-ATOMIC');
    await town.database.query(
      `ALTER TABLE pgboss.job ADD CONSTRAINT none CHECK (name <> 'practices.register') NOT VALID`,
    );
    await expect(filing(town).submit(input)).rejects.toThrow('Internal error.');
    await town.database.query('ALTER TABLE pgboss.job DROP CONSTRAINT none');
    expect(await submissionsOf(input.practiceId)).toEqual([]);
    expect((await filing(town).submit(input)).__typename).toBe('PracticeSubmitted');
  });
});

describe('withdrawing', () => {
  const set = (id: string, status: string) =>
    town.database.query('UPDATE practice SET status = $1 WHERE id = $2', [status, uuidOf(id)]);

  it('files a withdrawal that cites the entry, once, at any stage before an outcome', async () => {
    for (const status of ['REGISTERED', 'INTEGRATION_REQUESTED']) {
      const { practiceId, version } = await complete(`W-${status}`);
      const { submit, withdraw } = filing(town);
      await submit({ practiceId, version });
      await set(practiceId, status);
      await town.database.query(
        `UPDATE practice_submission SET entry_key = $2, entry_number = 4711, entry_year = 2026, completed_at = now() WHERE practice_id = $1`,
        [uuidOf(practiceId), status.length],
      );
      const input = { practiceId, version: version + 1, reason: ' Ci trasferiamo. ' };
      const all = await Promise.all([withdraw(input), withdraw(input)]);
      expect(all.map(({ __typename }) => __typename)).toEqual(['PracticeWithdrawn', 'PracticeWithdrawn']);
      expect(all[0].practice).toMatchObject({
        status: 'WITHDRAWN',
        history: [{}, {}, { status: 'WITHDRAWN' }],
      });
      const [filed, withdrawal, ...more] = await submissionsOf(practiceId);
      expect([filed.kind, withdrawal.kind, more]).toEqual(['FILING', 'WITHDRAWAL', []]);
      expect(JSON.parse(withdrawal.as_filed)).toMatchObject({
        kind: 'WITHDRAWAL',
        reason: 'Ci trasferiamo.',
        previousEntry: { number: 4711, year: 2026 },
        answers: [],
      });
      expect(await town.waiting('practices.register')).toContain(withdrawal.id);
    }
  });

  it('may come before the protocol register answered: the filing is still there to be registered first', async () => {
    const { practiceId, version } = await complete('W-EARLY');
    await filing(town).submit({ practiceId, version });
    await filing(town).withdraw({ practiceId, version: version + 1 });
    const submissions = await submissionsOf(practiceId);
    expect(submissions.map(({ kind }: { kind: string }) => kind)).toEqual(['FILING', 'WITHDRAWAL']);
    expect(JSON.parse(submissions[1].as_filed)).toMatchObject({ previousEntry: null, reason: null });
    const waiting = await town.waiting('practices.register');
    for (const { id } of submissions) expect(waiting).toContain(id);
  });

  it('is not possible once there is an outcome', async () => {
    for (const status of ['ACCEPTED', 'REJECTED', 'UNKNOWN']) {
      const { practiceId, version } = await complete(`W-${status}`);
      await filing(town).submit({ practiceId, version });
      await set(practiceId, status);
      for (const work of ['withdraw', 'submit', 'save', 'integrate'] as const) {
        const answers = work === 'save' || work === 'integrate' ? { answers: [] } : {};
        const refusal = await filing(town)[work]({ practiceId, version: version + 1, ...answers });
        expect([work, refusal.__typename, refusal.status]).toEqual([work, 'NotEditable', status]);
      }
    }
  });
});
