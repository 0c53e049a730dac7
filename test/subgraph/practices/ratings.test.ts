import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createId } from '../../../core/ids.ts';
import { parseCalendarDate } from '../../../core/values/index.ts';
import { ratingsBetween } from '../../../subgraphs/practices/ratings/rating.store.ts';
import { describeRatings } from '../../../subgraphs/practices/ratings/report-ratings.ts';
import { addTemplate, type OwnDatabase, openOwnDatabase } from '../../support/own-database.ts';
import { claudia } from '../../support/people.ts';
import { askPractices, practicesTown } from '../../support/practices-town.ts';

const template = createId('PracticeTemplate', 'ISCR-2026');
const kind = createId('PaymentKind', 'MENSA');
const title = 'Modello Iscrizione Mensa A.S. 2026/2027';

describe('rating a service', () => {
  let own: OwnDatabase;
  beforeAll(async () => {
    own = await openOwnDatabase();
    await addTemplate(own);
  });
  afterAll(() => own.database.destroy());

  const legacy = {
    ...practicesTown([]).legacy,
    payments: {
      paymentKindsByCode: async (codes: readonly string[]) =>
        codes.map((code) => (code === 'MENSA' ? { code, name: 'Mensa scolastica', fields: [] } : null)),
    },
  };
  const rate = async (
    more: Record<string, unknown> = {},
    as: Parameters<typeof askPractices>[3] = claudia,
  ) => {
    const input = { service: template, stars: 5, aspects: ['INSTRUCTIONS_CLEAR'], comment: null, ...more };
    const { data, events } = await askPractices(
      `mutation ($input: RateServiceInput!) { rateService(input: $input) { __typename ... on ServiceRated { stars } ... on RatingInvalid { code problems { path code } } } }`,
      legacy,
      own.database,
      as,
      { input },
    );
    return { answer: (data as { rateService: Record<string, unknown> }).rateService, events };
  };
  const stored = () => own.database.query('SELECT *, rated_on::text FROM service_rating ORDER BY key_sha256');

  it('keeps it without a trace of the person, and only the day', async () => {
    const idempotencyKey = 'a-key-of-claudia';
    const { answer, events } = await rate({ idempotencyKey, comment: '  Tutto\n chiaro  ' });
    expect(answer).toEqual({ __typename: 'ServiceRated', stars: 5 });
    expect(events).toEqual([]);
    const rows = await stored();
    expect(rows).toEqual([
      {
        key_sha256: 'de5e5bde2ecaf63e024104c1709d0927829dd7252e9a1bdd073500b5ca16da31',
        service: template,
        title,
        stars: 5,
        aspects: ['INSTRUCTIONS_CLEAR'],
        comment: 'Tutto chiaro',
        rated_on: '2026-10-15',
      },
    ]);
    for (const text of [claudia.id, claudia.codiceFiscale, idempotencyKey])
      expect(JSON.stringify(rows)).not.toContain(text);
  });

  it('counts once what is repeated with its key, twenty times at once too, and refuses other content', async () => {
    const before = (await stored()).length;
    const same = { idempotencyKey: 'again', stars: 4, aspects: ['OTHER', 'PROGRESS_CLEAR', 'OTHER'] };
    const answers = await Promise.all(Array.from({ length: 20 }, () => rate(same)));
    expect(new Set(answers.map(({ answer }) => JSON.stringify(answer)))).toEqual(
      new Set(['{"__typename":"ServiceRated","stars":4}']),
    );
    expect((await rate({ ...same, aspects: ['PROGRESS_CLEAR', 'OTHER'] })).answer.__typename).toBe(
      'ServiceRated',
    );
    expect((await stored()).length).toBe(before + 1);
    const { answer } = await rate({ ...same, stars: 5 });
    expect(answer).toEqual({
      __typename: 'RatingInvalid',
      code: 'RATING_INVALID',
      problems: [{ path: 'idempotencyKey', code: 'KEY_REUSED' }],
    });
    expect((await stored()).length).toBe(before + 1);
  });

  it('takes a kind of payment, of anybody', async () => {
    const { answer } = await rate(
      { service: kind, stars: 1, aspects: ['TECHNICAL_PROBLEMS'], idempotencyKey: 'kind' },
      { kind: 'anonymous' },
    );
    expect(answer).toEqual({ __typename: 'ServiceRated', stars: 1 });
  });

  it.each([
    ['no such template', { service: createId('PracticeTemplate', 'ISCR-1999') }, ['service SERVICE_UNKNOWN']],
    ['no such kind', { service: createId('PaymentKind', 'X') }, ['service SERVICE_UNKNOWN']],
    ['an id of something else', { service: createId('Child', '1') }, ['service SERVICE_UNKNOWN']],
    ['no id', { service: 'x' }, ['service SERVICE_UNKNOWN']],
    ['no star', { stars: 0, aspects: [] }, ['stars STARS_INVALID']],
    ['six stars', { stars: 6 }, ['stars STARS_INVALID']],
    [
      'a difficulty with four stars',
      { stars: 4, aspects: ['PROGRESS_UNCLEAR'] },
      ['aspects ASPECT_NOT_EXPECTED'],
    ],
    [
      'praise with three stars',
      { stars: 3, aspects: ['OTHER', 'PROGRESS_CLEAR'] },
      ['aspects ASPECT_NOT_EXPECTED'],
    ],
    ['201 characters', { comment: 'è'.repeat(201) }, ['comment TOO_LONG']],
    ['a control character', { comment: 'a\u0007b' }, ['comment NOT_TEXT']],
    ['no key', { idempotencyKey: '' }, ['idempotencyKey KEY_INVALID']],
    ['a key too long', { idempotencyKey: 'k'.repeat(256) }, ['idempotencyKey KEY_INVALID']],
    [
      'everything at once',
      { service: 'x', stars: 9, comment: 'x'.repeat(300), idempotencyKey: '' },
      ['service SERVICE_UNKNOWN', 'stars STARS_INVALID', 'comment TOO_LONG', 'idempotencyKey KEY_INVALID'],
    ],
  ])('refuses %s and keeps nothing', async (_name, more, expected) => {
    const before = (await stored()).length;
    const { answer } = await rate({ idempotencyKey: `refused ${_name}`, ...more });
    const problems = answer.problems as readonly { path: string; code: string }[];
    expect(problems.map(({ path, code }) => `${path} ${code}`)).toEqual(expected);
    expect((await stored()).length).toBe(before);
  });

  it('takes 200 characters that are two code units each', async () => {
    const comment = '🙂'.repeat(200);
    expect((await rate({ idempotencyKey: 'emoji', comment })).answer.__typename).toBe('ServiceRated');
  });
});

describe('the office’s report of ratings', () => {
  const rating = (stars: number, more: object = {}) => ({
    ...{ service: 'a', title: 'Mensa', stars, aspects: [], comment: null, ratedOn: '2026-10-15' },
    ...more,
  });

  it('says service by service how many, how good, why, and the comments', () => {
    expect(describeRatings([])).toBe('Nessuna valutazione.');
    expect(
      describeRatings([
        rating(2, { service: 'b', title: 'Dieta', comment: 'Lento' }),
        rating(5, { aspects: ['INSTRUCTIONS_CLEAR', 'OTHER'] }),
        rating(4, { aspects: ['INSTRUCTIONS_CLEAR'], comment: 'Bene', ratedOn: '2026-10-16' }),
        rating(5, { title: 'Mensa scolastica' }),
      ]),
    ).toBe(
      [
        'Mensa scolastica: 3 valutazioni, media 4,7',
        '  5 stelle: 2, 4 stelle: 1, 3 stelle: 0, 2 stelle: 0, 1 stella: 0',
        '  2 × Le indicazioni erano chiare',
        '  1 × Altro',
        '  2026-10-16, 4/5: Bene',
        '',
        'Dieta: 1 valutazione, media 2',
        '  5 stelle: 0, 4 stelle: 0, 3 stelle: 0, 2 stelle: 1, 1 stella: 0',
        '  2026-10-15, 2/5: Lento',
      ].join('\n'),
    );
  });

  it('takes both days of a period', async () => {
    const own = await openOwnDatabase();
    const days = ['2026-09-30', '2026-10-01', '2026-10-31', '2026-11-01'];
    for (const day of days)
      await own.database.query(
        `INSERT INTO service_rating VALUES ($1::text, 's', 't', 3, '["OTHER"]', NULL, $1::text::date)`,
        [day],
      );
    const between = async (from: string | null, to: string | null) => {
      const day = (text: string | null) => (text === null ? null : parseCalendarDate(text));
      return (await ratingsBetween(own.database, day(from), day(to))).map(({ ratedOn }) => ratedOn);
    };
    expect(await between(null, null)).toEqual(days);
    expect(await between('2026-10-01', '2026-10-31')).toEqual(days.slice(1, 3));
    expect(await between('2026-11-01', null)).toEqual(days.slice(3));
    await own.database.destroy();
  });
});
