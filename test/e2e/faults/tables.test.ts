import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { claudia } from '../../../demo/town/people.ts';
import { legacyTownCopy, ownTownCopy } from '../../support/databases.ts';
import { type Answer, openTestTown, type TestTown } from '../open-test-town.ts';

let town: TestTown;
let legacy: pg.Client;
let own: pg.Client;
let authorization: string;
beforeAll(async () => {
  const [legacyUrl, ownUrl] = [await legacyTownCopy(), await ownTownCopy()];
  town = await openTestTown('in-process', { legacyUrl, ownUrl });
  legacy = new pg.Client(legacyUrl);
  own = new pg.Client(ownUrl);
  await legacy.connect();
  await own.connect();
  authorization = `Bearer ${await town.tokenOf(claudia.codiceFiscale)}`;
});
afterAll(async () => {
  await legacy.end();
  await own.end();
  await town.close();
});

const ask = async (query: string) =>
  (await (await town.post({ query }, { authorization })).json()) as Answer<Record<string, unknown>>;
const children = '{ me { children { firstName } practices { totalCount } } }';
const attendance = '{ me { children { attendance(month: "2026-05") { presences } } } }';
const ready = async () => {
  const response = await fetch(new URL('/health/ready', town.graphqlUrl));
  return [response.status, ((await response.json()) as { parts: Record<string, boolean> }).parts];
};
const good = [200, { register: true, registerTables: true, database: true }];
const bad = [503, { register: true, registerTables: false, database: true }];
/** As often as a health check that keeps its answer for a while wants it. */
async function untilReady(expected: unknown[]) {
  for (let left = 50; left > 0 && JSON.stringify(await ready()) !== JSON.stringify(expected); left--)
    await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await ready()).toEqual(expected);
}
const lines = (event: string) =>
  town.logLines.map((line) => JSON.parse(line)).filter((line) => line.event === event);

describe('a DBA at work', () => {
  it('widens columns under traffic, of the legacy system and of ours, and nobody notices', async () => {
    const answers: Promise<Answer<Record<string, unknown>>>[] = [];
    const many = () => {
      for (let n = 0; n < 10; n++) answers.push(ask(children));
    };
    many();
    await Promise.all(answers);
    for (const width of [70, 71, 72]) {
      many();
      await legacy.query(`ALTER TABLE "AN_SOGG" ALTER "NOME" TYPE varchar(${width})`);
      await own.query(`ALTER TABLE practice ALTER title TYPE varchar(${width * 10})`);
      many();
      await Promise.all(answers);
    }
    const found = await Promise.all(answers);
    expect(new Set(found.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(found[0]?.errors).toBeUndefined();
  }, 60_000);

  it('drops a column or takes a right away: it is named in the log, and the health check says so until it is back', async () => {
    await untilReady(good);
    const changes = [
      [
        'ALTER TABLE "SDI_PRES" RENAME "STATO" TO "STATO_X"',
        'ALTER TABLE "SDI_PRES" RENAME "STATO_X" TO "STATO"',
        '42703',
        'STATO',
      ],
      ['ALTER TABLE "SDI_PRES" RENAME TO "X"', 'ALTER TABLE "X" RENAME TO "SDI_PRES"', '42P01', 'SDI_PRES'],
    ] as const;
    for (const [breaks, mends, code, named] of changes) {
      await legacy.query(breaks);
      const before = lines('legacy.tables.broken').length;
      for (let n = 0; n < 3; n++) {
        const { data, errors } = await ask(attendance);
        expect(data).toEqual({ me: { children: [{ attendance: null }, { attendance: null }] } });
        expect(new Set(errors?.map(({ extensions }) => extensions.code))).toEqual(
          new Set(['LEGACY_CONTRACT_BROKEN']),
        );
      }
      const fresh = lines('legacy.tables.broken').slice(before);
      expect(fresh).toEqual([
        expect.objectContaining({
          level: 'error',
          statement: 'attendance',
          code,
          reason: expect.stringContaining(named),
        }),
      ]);
      await untilReady(bad);
      expect((await ask(children)).errors).toBeUndefined();
      await legacy.query(mends);
      await untilReady(good);
      expect((await ask(attendance)).errors).toBeUndefined();
    }
  }, 60_000);

  it('gives a user too few rights from the start', async () => {
    const { rows } = await legacy.query('SELECT current_database() AS name');
    await legacy
      .query(`DROP ROLE IF EXISTS half_reader; CREATE ROLE half_reader LOGIN PASSWORD 'half'`)
      .catch(() => undefined);
    await legacy.query(
      `GRANT SELECT ON ALL TABLES IN SCHEMA public TO half_reader; REVOKE SELECT ON "SDI_PRES" FROM half_reader`,
    );
    const url = new URL(process.env.TEST_CLUSTER_URL ?? '');
    url.pathname = `/${rows[0].name}`;
    url.username = 'half_reader';
    url.password = 'half';
    const poor = await openTestTown('in-process', { legacyUrl: url.href });
    const response = await fetch(new URL('/health/ready', poor.graphqlUrl));
    const answer = [response.status, ((await response.json()) as { parts: unknown }).parts];
    const told = poor.logLines
      .map((line) => JSON.parse(line))
      .filter(({ event }) => event === 'legacy.tables.broken');
    await poor.close();
    await legacy.query('DROP OWNED BY half_reader; DROP ROLE half_reader');
    expect(answer).toEqual(bad);
    expect(told).toMatchObject([
      { statement: 'attendance', code: '42501', reason: expect.stringContaining('SDI_PRES') },
    ]);
  }, 60_000);
});
