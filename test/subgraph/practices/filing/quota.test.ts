import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { practiceId } from '../../../../subgraphs/practices/records/filing-rights.ts';
import {
  completeAnswers,
  type FilingTown,
  filing,
  marco,
  openFilingTown,
  sofia,
} from '../../../support/filing-town.ts';

const megabytes = 1024 * 1024;
const large = {
  code: 'CERT',
  label: 'Certificato',
  required: false,
  mediaTypes: ['application/pdf'],
  maxBytes: 50 * megabytes,
};

let town: FilingTown;
let templates: string[];
beforeAll(async () => {
  town = await openFilingTown();
  templates = await Promise.all(
    Array.from({ length: 25 }, (_, n) =>
      town.addTemplate({ id: `Q-${n}`, oncePerChild: false }, { requiredAttachments: [large] }),
    ),
  );
});
afterAll(() => town.close());

const names = (answers: readonly { __typename: string }[]) => answers.map(({ __typename }) => __typename);
const countOf = (list: readonly string[], name: string) => list.filter((one) => one === name).length;

describe('what one person may have', () => {
  it('is twenty open drafts, however many are started at once', async () => {
    const { start, withdraw } = filing(town);
    const answers = await Promise.all(templates.map((templateId) => start({ templateId, childId: sofia })));
    expect(countOf(names(answers), 'PracticeStarted')).toBe(20);
    const refused = answers.find(({ __typename }) => __typename === 'AnswersInvalid');
    expect(refused.problems).toEqual([
      {
        path: 'templateId',
        code: 'TOO_MANY_DRAFTS',
        message: 'Ci sono già 20 bozze aperte: inviarne o eliminarne qualcuna.',
      },
    ]);
    const drafts = await town.database.query(
      `SELECT count(*)::int AS n FROM practice WHERE status = 'DRAFT'`,
    );
    expect(drafts).toEqual([{ n: 20 }]);

    // Those that are open are answered as ever, and others have their own.
    const open = answers.findIndex(({ __typename }) => __typename === 'PracticeStarted');
    const again = await start({ templateId: templates[open], childId: sofia });
    expect(again.practice.id).toBe(answers[open].practice.id);
    const marcos = await filing(town, marco).start({ templateId: templates[0], childId: sofia });
    expect(marcos.__typename).toBe('PracticeStarted');

    const left = templates[answers.findIndex(({ __typename }) => __typename === 'AnswersInvalid')];
    const key = { idempotencyKey: 'the same' };
    expect((await start({ templateId: left, childId: sofia, ...key })).__typename).toBe('AnswersInvalid');
    await withdraw({ practiceId: answers[open].practice.id, version: 1 });
    expect((await start({ templateId: left, childId: sofia, ...key })).__typename).toBe('PracticeStarted');
    expect((await start({ templateId: templates[open], childId: sofia })).__typename).toBe('AnswersInvalid');
  });

  it('is two hundred megabytes of files, over all drafts and at once', async () => {
    const ids = await town.database.query(
      `SELECT id FROM practice WHERE status = 'DRAFT' AND applicant LIKE 'RSS%' ORDER BY template_id LIMIT 7`,
    );
    const announce = (id: string, sizeBytes: number, as?: typeof marco) =>
      filing(town, as).upload({
        ...{ practiceId: practiceId(id), attachmentCode: 'CERT', fileName: 'a.pdf' },
        ...{ mediaType: 'application/pdf', sizeBytes },
      });
    const answers = await Promise.all(ids.map(({ id }: { id: string }) => announce(id, 50 * megabytes)));
    expect(countOf(names(answers), 'UploadTicket')).toBe(4);
    const refused = answers.find(({ __typename }) => __typename === 'UploadRefused');
    expect([refused.code, refused.message]).toEqual([
      'QUOTA_EXCEEDED',
      'I file caricati e quelli inviati negli ultimi 30 giorni sono troppi: rimuovere allegati o bozze, o attendere. In tutto: al massimo 200 MB.',
    ]);
    expect((await announce(ids[0].id, 1)).code).toBe('QUOTA_EXCEEDED');

    // A draft that is discarded takes its files along.
    const held = answers.findIndex(({ __typename }) => __typename === 'UploadTicket');
    await filing(town).withdraw({ practiceId: practiceId(ids[held].id), version: 1 });
    const other = ids[(held + 1) % ids.length].id;
    expect((await announce(other, 50 * megabytes)).__typename).toBe('UploadTicket');
    expect((await announce(other, 1)).code).toBe('QUOTA_EXCEEDED');
  });

  it('counts what was filed for thirty days, and what was not for ever', async () => {
    const filed = await town.database.query(
      `UPDATE practice_attachment SET created_at = created_at - interval '31 days' RETURNING id, practice_id`,
    );
    const { practice_id: uuid } = filed[0][0];
    const announce = () =>
      filing(town).upload({
        ...{ practiceId: practiceId(uuid), attachmentCode: 'CERT', fileName: 'a.pdf' },
        ...{ mediaType: 'application/pdf', sizeBytes: 50 * megabytes },
      });
    expect((await announce()).code).toBe('QUOTA_EXCEEDED');
    await filing(town).save({ practiceId: practiceId(uuid), version: 1, answers: completeAnswers });
    const submitted = await filing(town).submit({ practiceId: practiceId(uuid), version: 2 });
    expect(submitted.__typename).toBe('PracticeSubmitted');
    await town.database.query(
      `UPDATE practice_attachment SET received_at = now(), attached_at = now(),
         submission_id = (SELECT id FROM practice_submission LIMIT 1)`,
    );
    const [{ id }] = await town.database.query(
      `SELECT id FROM practice WHERE status = 'DRAFT' AND applicant LIKE 'RSS%' LIMIT 1`,
    );
    const createdOn = (createdAt: string) =>
      town.database.query(`UPDATE practice_attachment SET created_at = $1::timestamptz`, [createdAt]);
    const another = () =>
      filing(town).upload({
        ...{ practiceId: practiceId(id), attachmentCode: 'CERT', fileName: 'a.pdf' },
        ...{ mediaType: 'application/pdf', sizeBytes: 1 },
      });
    await createdOn('2026-09-15T07:00:00.001Z');
    expect((await another()).code).toBe('QUOTA_EXCEEDED');
    await createdOn('2026-09-15T07:00:00Z');
    expect((await another()).__typename).toBe('UploadTicket');
  });
});
