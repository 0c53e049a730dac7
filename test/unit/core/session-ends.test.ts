import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import { openDatabase } from '../../../core/database.ts';
import { toPublicError } from '../../../core/errors.ts';
import { emptyDatabase } from '../../support/databases.ts';

describe('a transaction whose session Postgres ends', () => {
  let database: DataSource;
  let admin: pg.Client;
  beforeAll(async () => {
    const url = await emptyDatabase();
    database = await openDatabase({ url, entities: [], migrations: [] });
    admin = new pg.Client({ connectionString: url });
    await admin.connect();
  });
  afterAll(async () => {
    await admin.end();
    await database.destroy();
  });

  const pidOf = async (manager: EntityManager) =>
    ((await manager.query('SELECT pg_backend_pid() AS pid')) as { pid: number }[])[0]?.pid;
  const end = (pid: number | undefined) => admin.query('SELECT pg_terminate_backend($1)', [pid]);
  const turn = () => new Promise((resolve) => setTimeout(resolve, 100));
  const codeOf = async (work: (manager: EntityManager) => Promise<unknown>) => {
    const error: unknown = await database.transaction(work).catch((thrown: unknown) => thrown);
    return toPublicError(error).extensions.code;
  };

  it('says that the service does not answer, whichever statement notices', async () => {
    const codes = [
      // A statement in progress.
      await codeOf(async (manager) => {
        const pid = await pidOf(manager);
        const slow = manager.query('SELECT pg_sleep(5)');
        await turn();
        await end(pid);
        await slow;
      }),
      // The next statement, once the driver has heard of it.
      await codeOf(async (manager) => {
        await end(await pidOf(manager));
        await turn();
        await manager.query('SELECT 1');
      }),
      // The next statement, before the driver has heard of it.
      await codeOf(async (manager) => {
        const pid = await pidOf(manager);
        const ending = end(pid);
        for (;;) {
          await manager.query('SELECT 1');
          await Promise.race([ending, null]);
        }
      }),
      // The commit.
      await codeOf(async (manager) => {
        await end(await pidOf(manager));
        await turn();
      }),
      // Two statements at once.
      await codeOf(async (manager) => {
        await end(await pidOf(manager));
        await turn();
        await Promise.all([manager.query('SELECT 1'), manager.query('SELECT 2')]);
      }),
    ];
    expect(codes).toEqual(codes.map(() => 'SUBGRAPH_UNAVAILABLE'));
  });
});
