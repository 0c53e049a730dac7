import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { batchStatements } from '../../../../core/internals/batch-statements.ts';
import { emptyDatabase } from '../../../support/databases.ts';

describe('statements asked for in one turn', () => {
  let pool: pg.Pool;
  let ask: ReturnType<typeof batchStatements>;
  let writes: number;
  beforeEach(async () => {
    pool = new pg.Pool({ connectionString: await emptyDatabase(), max: 3, pipeline: true });
    pool.on('error', () => undefined);
    pool.on('connect', (client) => {
      const { stream } = (client as unknown as { connection: { stream: NodeJS.WritableStream } }).connection;
      const inner = stream as unknown as { _writev(chunks: unknown, done: unknown): void };
      const write = inner._writev.bind(stream);
      inner._writev = (chunks, done) => {
        writes++;
        write(chunks, done);
      };
    });
    ask = batchStatements(pool);
    await ask({ name: 'warm', text: 'SELECT 1', values: [] });
    writes = 0;
  });
  afterEach(() => pool.end());

  const number = (value: number) => ask({ name: 'number', text: 'SELECT $1::int AS value', values: [value] });
  const turn = () => new Promise((resolve) => setTimeout(resolve, 20));
  const answerOf = (result: pg.QueryResult) => result.rows[0]?.value as unknown;

  it('are one write, and each has its own answer', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(number));
    expect([answers.map(answerOf), writes, pool.totalCount]).toEqual([[1, 2, 3, 4], 1, 1]);
  });

  it('have each its own answer when they are many, by few writes', async () => {
    const values = Array.from({ length: 50 }, (_, index) => index);
    expect((await Promise.all(values.map(number))).map(answerOf)).toEqual(values);
    expect([writes, pool.idleCount, pool.waitingCount]).toEqual([4, pool.totalCount, 0]);
  });

  it('take a further session when two are slow, and wait when there is none', async () => {
    const sleep = () => ask({ name: 'sleep', text: 'SELECT pg_sleep(0.3)', values: [] });
    const slow = [sleep()];
    await turn();
    slow.push(sleep());
    await turn();
    const [first] = await Promise.race([
      number(1).then(() => ['quick']),
      Promise.all(slow).then(() => ['slow']),
    ]);
    expect([first, pool.totalCount]).toEqual(['quick', 3]);
    await turn();
    const more = [sleep(), number(2), number(3)];
    await Promise.all([...slow, ...more]);
    expect([answerOf(await number(4)), pool.totalCount]).toEqual([4, 3]);
  });

  it('are refused when no session was free in time, and not sent late', async () => {
    const url = await emptyDatabase();
    const one = new pg.Pool({ connectionString: url, max: 1, pipeline: true, connectionTimeoutMillis: 600 });
    const askOne = batchStatements(one);
    await askOne({ name: 'table', text: 'CREATE TABLE late (id int)', values: [] });
    const slow = askOne({ name: 'sleep', text: 'SELECT pg_sleep(1.5)', values: [] });
    await turn();
    const late = askOne({ name: 'late', text: 'INSERT INTO late VALUES (1)', values: [] });
    await expect(late).rejects.toThrow('No session was free in time.');
    await slow;
    const { rows } = await askOne({ name: 'count', text: 'SELECT count(*)::int FROM late', values: [] });
    expect(rows).toEqual([{ count: 0 }]);
    await one.end();
  });

  it('fail by themselves: one that is wrong takes no other along', async () => {
    const wrong = ask({ name: 'wrong', text: 'SELECT 1 / $1::int AS value', values: [0] });
    const answers = await Promise.allSettled([number(1), wrong, number(2)]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(answers[1]).toMatchObject({ reason: { code: '22012' } });
    expect(answerOf(await number(3))).toBe(3);
    expect(pool.totalCount).toBe(1);
  });

  it('fail with one that breaks each session it is sent to, and the next ones have a new one', async () => {
    const killed = ask({
      name: 'kill',
      text: 'SELECT pg_terminate_backend(pg_backend_pid()) AS value',
      values: [],
    });
    const answers = await Promise.allSettled([killed, number(1), number(2)]);
    expect(answers.every(({ status }) => status === 'rejected')).toBe(true);
    expect(answerOf(await number(3))).toBe(3);
    expect(pool.totalCount).toBe(1);
  });

  it('are sent again when the server ends their sessions', async () => {
    const slow = () => ask({ name: 'sleep', text: 'SELECT pg_sleep(0.2), 7 AS value', values: [] });
    const under = [slow()];
    await turn();
    under.push(slow(), slow());
    await turn();
    const other = new pg.Client({ connectionString: pool.options.connectionString });
    await other.connect();
    const ended = await other.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    expect(ended.rowCount).toBeGreaterThan(1);
    expect((await Promise.all([...under, number(8)])).map(answerOf)).toEqual([7, 7, 7, 8]);
    await other.end();
  });

  it('all fail when there is no database, and leave nothing behind', async () => {
    const none = new pg.Pool({ host: '127.0.0.1', port: 1, connectionTimeoutMillis: 1_000 });
    const answers = await Promise.allSettled(
      [1, 2].map((value) =>
        batchStatements(none)({ name: 'number', text: 'SELECT $1::int', values: [value] }),
      ),
    );
    expect(answers.every(({ status }) => status === 'rejected')).toBe(true);
    await none.end();
  });
});

describe('a table that is changed under traffic', () => {
  it.each([
    ['a column is widened', 'ALTER TABLE person ALTER name TYPE varchar(70)'],
    ['a column is added and one is dropped', 'ALTER TABLE person ADD more int, DROP COLUMN other'],
    ['all plans are forgotten', 'DEALLOCATE ALL'],
  ])('costs nobody an answer when %s', async (_, change) => {
    const pool = new pg.Pool({ connectionString: await emptyDatabase(), max: 4, pipeline: true } as never);
    pool.on('error', () => undefined);
    await pool.query(
      `CREATE TABLE person (name varchar(50), other int); INSERT INTO person VALUES ('Anna', 1)`,
    );
    const ask = batchStatements(pool);
    const read = () => ask({ name: 'people', text: 'SELECT * FROM person', values: [] });
    const many = () => Promise.all(Array.from({ length: 100 }, read));
    await many();
    for (let turn = 0; turn < 3; turn++) {
      const under = many();
      // As the server does it behind a pooler that hands out other sessions.
      if (change.startsWith('DEALLOCATE')) {
        await under;
        const clients = await Promise.all(Array.from({ length: 4 }, () => pool.connect()));
        for (const client of clients) await client.query(change);
        for (const client of clients) client.release();
      } else
        await pool.query(turn === 0 ? change : `ALTER TABLE person ALTER name TYPE varchar(${80 + turn})`);
      const names = [...(await under), ...(await many())].map(({ rows }) => rows[0]?.name);
      expect([names.length, new Set(names)]).toEqual([200, new Set(['Anna'])]);
    }
    expect(pool.totalCount).toBeLessThanOrEqual(4);
    await pool.end();
  });
});
