import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { openDatabase } from '../../../core/database.ts';
import { claudia } from '../../../demo/town/people.ts';
import { entities } from '../../../subgraphs/registry.ts';
import { createJobs } from '../../../subgraphs/shared/jobs/create-jobs.ts';
import { asService, legacyTownCopy, ownTownCopy } from '../../support/databases.ts';
import { fileSubmission } from '../../support/filed-practice.ts';
import { freePort } from '../../support/free-port.ts';
import { openSurroundings, type Surroundings, type TownProcess } from '../../support/town-processes.ts';

let surroundings: Surroundings;
let legacyDatabase: pg.Pool;
let database: DataSource;
beforeAll(async () => {
  const [legacyUrl, ownUrl] = [await legacyTownCopy(), await ownTownCopy()];
  // A call outlives the time that a worker is left to finish in.
  const hypersicTiming = { timeoutMs: 9_500, settleMs: 10_000 };
  surroundings = await openSurroundings({ legacyUrl, ownUrl: asService(ownUrl), hypersicTiming });
  legacyDatabase = new pg.Pool({ connectionString: legacyUrl, max: 2 });
  database = await openDatabase({ url: ownUrl, entities, migrations: [] });
});
afterAll(async () => {
  await surroundings.close();
  await legacyDatabase.end();
  await database.destroy();
});

let release = async (): Promise<void> => undefined;
afterEach(() => release());

/** Reads and writes of a table of the legacy system wait until it is released. */
async function hold(table: string): Promise<void> {
  const holder = await legacyDatabase.connect();
  await holder.query(`BEGIN; LOCK TABLE "${table}" IN ACCESS EXCLUSIVE MODE`);
  release = async () => {
    release = async () => undefined;
    await holder.query('ROLLBACK');
    holder.release();
  };
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await new Promise((resolve) => setTimeout(resolve, 20));
}

async function someoneWaits(): Promise<boolean> {
  const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return (await legacyDatabase.query(waiting)).rows.length > 0;
}

const entryCount = async (reference: string) =>
  (await legacyDatabase.query(`SELECT 1 FROM "PROT_GEN" WHERE "OGGETTO" LIKE $1`, [`%${reference}%`])).rows
    .length;

/** Asks a process to stop; answers its exit code. */
function stop({ process: child, exited }: TownProcess): Promise<number | null> {
  child.kill('SIGTERM');
  return exited;
}

/** Files an application and answers once a worker's call to the protocol register hangs in the middle of it. */
async function fileUnderWay() {
  const jobs = await createJobs(database);
  const filed = await fileSubmission(database, { filedAt: new Date(), hasSummary: true }, jobs);
  await jobs.close();
  // The office reads there too, and waits as well.
  await until(async () => (await statesOf(filed.id)).includes('active') && (await someoneWaits()));
  return filed;
}

const statesOf = async (key: string): Promise<readonly string[]> => {
  const rows = await database.query<{ state: string }[]>(
    `SELECT state FROM pgboss.job WHERE data->>'key' = $1 ORDER BY created_on`,
    [key],
  );
  return rows.map(({ state }) => state);
};

const isRegistered = async (key: string): Promise<boolean> => {
  const rows = await database.query('SELECT completed_at FROM practice_submission WHERE id = $1', [key]);
  return rows[0].completed_at !== null;
};

describe('a process that is told to stop', () => {
  it('is not ready while it answers what it began, and exits with 0', async () => {
    const server = await surroundings.start('server');
    const token = await surroundings.tokenOf(claudia.codiceFiscale);
    const ask = () =>
      fetch(server.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ query: '{ me { firstName children { firstName } } }' }),
      });
    const health = async (name: string) => {
      const response = await fetch(new URL(`/health/${name}`, server.url));
      return [response.status, await response.json()];
    };
    expect(await health('ready')).toMatchObject([200, { status: 'ok' }]);
    await hold('AN_SOGG');
    const inFlight = [1, 2, 3].map(ask);
    await until(someoneWaits);
    const stopped = stop(server);
    await until(async () => (await health('ready'))[0] === 503);
    expect(await health('ready')).toEqual([503, { status: 'stopping' }]);
    expect(await health('live')).toEqual([200, { status: 'ok' }]);
    const late = await ask();
    expect([late.status, late.headers.get('retry-after'), late.headers.get('connection')]).toEqual([
      503,
      '1',
      'close',
    ]);
    await release();
    for (const answer of await Promise.all(inFlight))
      expect([answer.status, await answer.json()]).toEqual([
        200,
        { data: { me: { firstName: 'Claudia', children: expect.arrayContaining([{ firstName: 'Luca' }]) } } },
      ]);
    expect(await stopped).toBe(0);
  });

  it('finishes the job that it is at, and its health says that it stops', async () => {
    const port = await freePort();
    const worker = await surroundings.start('worker', { HEALTH_PORT: String(port) });
    const health = async (path: string) => {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`);
      return [answer.status, await answer.json()];
    };
    const parts = { register: true, registerTables: true, database: true };
    expect(await health('/health/ready')).toEqual([200, { status: 'ok', parts }]);
    expect(await health('/health/serving')).toEqual([200, { status: 'ok' }]);
    expect((await health('/metrics'))[0]).toBe(404);
    await hold('PROT_GEN');
    const { id, reference } = await fileUnderWay();
    const stopped = stop(worker);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(worker.process.exitCode).toBeNull();
    expect(await health('/health/live')).toEqual([200, { status: 'ok' }]);
    expect(await health('/health/serving')).toEqual([503, { status: 'stopping' }]);
    await release();
    expect(await stopped).toBe(0);
    expect([await entryCount(reference), await isRegistered(id)]).toEqual([1, true]);
    expect(await statesOf(id)).not.toContain('active');
  });

  it('answers as before for a while if it is a subgraph, and keeps no connection', async () => {
    const [port, secret] = [await freePort(), 's'.repeat(40)];
    const more = {
      HEALTH_PORT: String(port),
      PORT: String(await freePort()),
      STOP_DELAY_SECONDS: '2',
      SUBGRAPH_SECRET: secret,
    };
    const subgraph = await surroundings.start('subgraph', more, { args: ['anagrafe'] });
    const ask = async () => {
      const answer = await fetch(subgraph.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-subgraph-secret': secret },
        body: '{"query":"{ municipality { name } }"}',
      });
      const body = (await answer.json()) as { data?: { municipality?: { name?: string } } };
      return [answer.status, body.data?.municipality?.name, answer.headers.get('connection')];
    };
    const serving = async () => (await fetch(`http://127.0.0.1:${port}/health/serving`)).status;
    expect([await ask(), await serving()]).toEqual([[200, 'Comune di Calvenzano', 'keep-alive'], 200]);
    const stopped = stop(subgraph);
    await until(async () => (await serving()) === 503);
    expect(await ask()).toEqual([200, 'Comune di Calvenzano', 'close']);
    expect(await stopped).toBe(0);
  }, 60_000);

  it('hands back a job that takes longer, and another worker takes it up', async () => {
    const first = await surroundings.start('worker');
    await hold('PROT_GEN');
    const { id, reference } = await fileUnderWay();
    // While its job is held: only its own time limit ends it.
    expect(await stop(first)).toBe(0);
    expect(await statesOf(id)).toEqual(['retry']);
    await release();
    const second = await surroundings.start('worker');
    await until(() => isRegistered(id));
    expect(await entryCount(reference)).toBe(1);
    expect(await stop(second)).toBe(0);
  }, 120_000);
});
