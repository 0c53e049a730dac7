import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createId } from '../../../core/ids.ts';
import {
  amina,
  claudia,
  type DemoPerson,
  giulia,
  luca,
  marco,
  paolo,
  sofia,
  tommaso,
  yasmine,
} from '../../../demo/town/people.ts';
import { keys } from '../../../demo/town/subjects.ts';
import { townWithUndecidedApplications } from '../../support/undecided-applications.ts';
import { type Answer, openTestTown, type TestTown } from '../open-test-town.ts';
import { daysVisibleTo } from './oracle.ts';

const childKeys = [keys.luca, keys.sofia, keys.tommaso, keys.yasmine];
const idOf = (key: string) => createId('Child', key);

let legacyUrl: string;
let town: TestTown;
beforeAll(async () => {
  legacyUrl = await townWithUndecidedApplications();
  town = await openTestTown('in-process', { legacyUrl });
});
afterAll(() => town.close());

async function askAs<Data>(person: DemoPerson, query: string): Promise<Data> {
  const authorization = `Bearer ${await town.tokenOf(person.codiceFiscale)}`;
  const answer = (await (await town.post({ query }, { authorization })).json()) as Answer<Data>;
  expect(answer.errors).toBeUndefined();
  return answer.data as Data;
}

describe('an application that nobody accepted', () => {
  it.each([
    ['a stranger', paolo, []],
    ['a parent of others', giulia, [tommaso, luca]],
    ['the other parent', marco, [luca, sofia]],
    ['who filed and was accepted', claudia, [luca, sofia]],
    ['with an accepted one for some days', amina, [yasmine, luca, sofia, tommaso]],
  ])('opens no child: %s', async (_, person, theirs) => {
    const { me } = await askAs<{ me: { children: readonly { codiceFiscale: string }[] } }>(
      person,
      '{ me { children { codiceFiscale } } }',
    );
    expect(me.children.map(({ codiceFiscale }) => codiceFiscale).sort()).toEqual(
      theirs.map(({ codiceFiscale }) => codiceFiscale).sort(),
    );
  });

  it('is a closed door everywhere: the child itself, its practices, enrolments, invoices and debts', async () => {
    const children = childKeys
      .map((key, n) => `c${n}: child(id: "${idOf(key)}") { firstName birthPlace schoolAccess }`)
      .join(' ');
    const seen = await askAs<Record<string, unknown>>(
      paolo,
      `{ ${children} me { debts { child { firstName } instalment { id amount invoice { id } } } practices { totalCount }
         invoices { totalCount } instalments { totalCount }
         of: invoices(childIds: ["${idOf(keys.luca)}"]) { totalCount } } }`,
    );
    expect(seen).toEqual({
      c0: null,
      c1: null,
      c2: null,
      c3: null,
      me: {
        debts: [0, 1, 2].map(() => ({ child: null, instalment: null })),
        practices: { totalCount: 0 },
        invoices: { totalCount: 0 },
        instalments: { totalCount: 0 },
        of: { totalCount: 0 },
      },
    });
  });

  it('says nothing of who filed to anybody but its own applicant', async () => {
    const access = async (person: DemoPerson, key: string, year: string) => {
      const query = `{ child(id: "${idOf(key)}") { schoolAccess(schoolYear: "${year}") enrolments(schoolYear: "${year}") { status service { code } } } }`;
      const { child } = await askAs<{ child: { schoolAccess: string; enrolments: readonly unknown[] } }>(
        person,
        query,
      );
      return [child.schoolAccess, child.enrolments];
    };
    // Yasmine's year is not filed for: the blank code of a stranger is nobody's application.
    expect(await access(amina, keys.yasmine, '2026/2027')).toEqual(['NO_APPLICATION', []]);
    const pending = { status: 'PENDING', service: { code: 'MENSA' } };
    expect(await access(marco, keys.luca, '2025/2026')).toEqual(['APPLICANT', [pending]]);
    const mine = [
      { status: 'UNKNOWN', service: { code: 'TRASP' } },
      { status: 'ENDED', service: { code: 'MENSA' } },
    ];
    expect(await access(claudia, keys.sofia, '2025/2026')).toEqual(['APPLICANT', mine]);
  });
});

describe('attendance', () => {
  const months = [
    '2025-09',
    '2025-10',
    '2026-02',
    '2026-03',
    '2026-05',
    '2026-06',
    '2026-07',
    '2026-08',
    '2026-09',
  ];
  const fields = months.map(
    (month) => `m${month.replace('-', '')}: attendance(month: "${month}") { days { date } }`,
  );

  it.each(Object.entries({ claudia, marco, giulia, amina, paolo }))(
    'covers the days of the own enrolments only: %s',
    async (_, person) => {
      const days = await daysVisibleTo(legacyUrl, person.codiceFiscale);
      const query = `{ me { children { id ${fields.join(' ')} } } }`;
      type Child = { id: string } & Record<string, { days: readonly { date: string }[] }>;
      const { me } = await askAs<{ me: { children: readonly Child[] } }>(person, query);
      const shown = me.children.map(({ id, ...of }) => [
        id,
        Object.values(of).flatMap((month) => month.days.map(({ date }) => date)),
      ]);
      const theirs = childKeys.map((key): [string, readonly string[]] => [
        idOf(key),
        (days[key] ?? []).filter((day) => months.includes(day.slice(0, 7))),
      ]);
      const mine = new Set(me.children.map(({ id }) => id));
      expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(theirs.filter(([id]) => mine.has(id))));
    },
  );

  it('ends with the enrolment: literal days of February and October', async () => {
    const query = `{ child(id: "${idOf(keys.luca)}") { ${fields.join(' ')} } }`;
    type Months = Record<string, { days: readonly { date: string }[] }>;
    const daysOf = async (person: DemoPerson) => {
      const { child } = await askAs<{ child: Months }>(person, query);
      return Object.values(child).flatMap(({ days }) => days.map(({ date }) => date));
    };
    const february = ['2026-02-02', '2026-02-03', '2026-02-04', '2026-02-05', '2026-02-06'];
    expect(await daysOf(giulia)).toEqual(february);
    const autumn = await daysOf(amina);
    expect([autumn[0], autumn.at(-1)]).toEqual(['2025-09-12', '2025-10-10']);
    expect(await daysOf(marco)).toEqual([]);
  });
});
