import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { inTurns } from '../../../core/turns.ts';
import { emptyDatabase } from '../../support/databases.ts';

describe('statements asked for in one turn', () => {
  let pool: pg.Pool;
  let ask: ReturnType<typeof inTurns>;
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
    ask = inTurns(pool);
    await ask({ name: 'warm', text: 'SELECT 1', values: [] });
    writes = 0;
  });
  afterEach(() => pool.end());

  const number = (value: number) => ask({ name: 'number', text: 'SELECT $1::int AS value', values: [value] });
  const answerOf = (result: pg.QueryResult) => result.rows[0]?.value as unknown;

  it('are one write, and each has its own answer', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(number));
    expect([answers.map(answerOf), writes, pool.totalCount]).toEqual([[1, 2, 3, 4], 1, 1]);
  });

  it('go to more sessions when they are many, and wait when there is none', async () => {
    const values = Array.from({ length: 50 }, (_, index) => index);
    expect((await Promise.all(values.map(number))).map(answerOf)).toEqual(values);
    expect([pool.totalCount, pool.idleCount, pool.waitingCount]).toEqual([3, 3, 0]);
  });

  it('fail by themselves: one that is wrong takes no other along', async () => {
    const wrong = ask({ name: 'wrong', text: 'SELECT 1 / $1::int AS value', values: [0] });
    const answers = await Promise.allSettled([number(1), wrong, number(2)]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(answers[1]).toMatchObject({ reason: { code: '22012' } });
    expect(answerOf(await number(3))).toBe(3);
    expect(pool.totalCount).toBe(1);
  });

  it('all fail with a session that breaks, and the next ones have a new one', async () => {
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

  it('all fail when there is no database, and leave nothing behind', async () => {
    const none = new pg.Pool({ host: '127.0.0.1', port: 1, connectionTimeoutMillis: 1_000 });
    const answers = await Promise.allSettled(
      [1, 2].map((value) => inTurns(none)({ name: 'number', text: 'SELECT $1::int', values: [value] })),
    );
    expect(answers.every(({ status }) => status === 'rejected')).toBe(true);
    await none.end();
  });
});
