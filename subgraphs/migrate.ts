import { openDatabase } from '../core/database.ts';
import { entities, jobs, migrations } from './registry.ts';
import { prepareQueues } from './shared/jobs/run-jobs.ts';

/** Brings our own tables up to date. Safe to repeat, and by several processes at once. */
export async function migrate(url: string): Promise<readonly string[]> {
  const database = await openDatabase({ url, entities, migrations, statementTimeoutMs: 60_000 });
  try {
    // One at a time: who comes second finds nothing left to do.
    const lock = database.createQueryRunner();
    await lock.query(`SELECT pg_advisory_lock(hashtext('migrate'))`);
    const ran = await database.runMigrations();
    await prepareQueues(url, jobs);
    await lock.query(`SELECT pg_advisory_unlock(hashtext('migrate'))`);
    await lock.release();
    return ran.map(({ name }) => name);
  } finally {
    await database.destroy();
  }
}
