import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BusinessCaller, CitizenCaller } from '../../../../core/identity/caller.ts';
import { createId } from '../../../../core/ids.ts';
import { codiceFiscaleAsHeld, parseCodiceFiscale, parsePartitaIva } from '../../../../core/values/index.ts';
import { PracticeEntity } from '../../../../subgraphs/practices/records/practice.entity.ts';
import {
  claudia,
  enrolmentTemplate,
  type FilingTown,
  filing,
  openFilingTown,
  paolo,
} from '../../../support/filing-town.ts';

// `npm run soak` sends 500 of them.
const submissions = Number(process.env.SUBMISSIONS ?? 200);

let town: FilingTown;
beforeAll(async () => {
  town = await openFilingTown();
  await town.addTemplate({}, { requiredAttachments: [] });
});
afterAll(() => town.close());

const trattoria: BusinessCaller = {
  kind: 'business',
  id: 'business-trattoria',
  partitaIva: parsePartitaIva('03123450169'),
  codiceFiscale: parseCodiceFiscale('03123450169'),
  name: 'Trattoria del Borgo S.r.l.',
  signInMethod: 'VAT_PASSWORD',
};

describe('the last evening of enrolment', () => {
  it(`takes ${submissions} submissions, a hundred at once: none is lost, none is filed twice, each has its work`, async () => {
    const answers = Object.fromEntries(
      Object.entries({
        RICH_COGNOME: 'Rossi',
        ALUN_CF: 'X',
        SCUOLA: 'Infanzia',
        PAG_PAGOPA: 'true',
        PRIVACY: 'true',
      }).map(([code, value]) => [code, { value, certified: false }]),
    );
    const parents = Array.from(
      { length: submissions },
      (_, index): CitizenCaller => ({
        ...claudia,
        id: `citizen-${index}`,
        codiceFiscale: codiceFiscaleAsHeld(`PARENT${index}`),
      }),
    );
    const drafts = parents.map(({ codiceFiscale }, index) => ({
      id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      templateId: 'ISCR-2026',
      revision: 'r1',
      applicant: codiceFiscale,
      title: 'Modello Iscrizione Mensa A.S. 2026/2027',
      status: 'DRAFT',
      version: 1,
      answers,
      createdAt: town.time.now,
      updatedAt: town.time.now,
    }));
    await town.database.getRepository(PracticeEntity).insert(drafts as object[]);
    const outcomes: { readonly __typename: string }[] = [];
    for (let start = 0; start < drafts.length; start += 100) {
      const wave = drafts.slice(start, start + 100).map(({ id }, index) => {
        const input = { practiceId: createId('Practice', 'O', id), version: 1 };
        return filing(town, parents[start + index]).submit(input);
      });
      outcomes.push(...(await Promise.all(wave)));
    }
    expect(outcomes.filter(({ __typename }) => __typename !== 'PracticeSubmitted')).toEqual([]);
    const [counted] = await town.database.query(
      'SELECT count(*)::int AS all, count(DISTINCT practice_id)::int AS practices, count(DISTINCT reference)::int AS refs FROM practice_submission',
    );
    expect(counted).toEqual({ all: submissions, practices: submissions, refs: submissions });
    expect(new Set(await town.waiting('practices.register')).size).toBe(submissions);
  }, 90_000);
});

describe('who else may file', () => {
  it('is a citizen whom the legacy system does not know, with what the verified sign-in says', async () => {
    const template = await town.addTemplate({ id: 'OTHERS', concernsChild: false });
    const as = { ...paolo, email: 'paolo.locatelli@example.com' };
    const { practice } = await filing(town, as).start({ templateId: template });
    expect(practice.answers).toEqual([
      // What they once typed at their provider is a proposal, and no certificate.
      { code: 'RICH_COGNOME', value: 'Locatelli', certified: true },
      { code: 'RICH_EMAIL', value: 'paolo.locatelli@example.com', certified: false },
    ]);
  });

  it('is a business, where a template is meant for one', async () => {
    const template = await town.addTemplate({ id: 'FIRMS', concernsChild: false, audiences: ['BUSINESSES'] });
    expect((await filing(town).start({ templateId: template })).__typename).toBe('NotAllowed');
    expect((await filing(town, trattoria).start({ templateId: enrolmentTemplate })).__typename).toBe(
      'NotAllowed',
    );
    const { practice } = await filing(town, trattoria).start({ templateId: template });
    expect(practice.answers).toEqual([
      { code: 'RICH_COGNOME', value: 'Trattoria del Borgo S.r.l.', certified: true },
    ]);
  });
});
