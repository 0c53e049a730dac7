import { openDatabase } from '../core/database.ts';
import { entities, migrations } from './registry.ts';

/** Brings our own tables up to date. Safe to repeat, and by several processes at once. */
export async function migrate(url: string): Promise<readonly string[]> {
  const database = await openDatabase({ url, entities, migrations, statementTimeoutMs: 60_000 });
  try {
    // One at a time: who comes second finds nothing left to do.
    const lock = database.createQueryRunner();
    await lock.query(`SELECT pg_advisory_lock(hashtext('migrate'))`);
    const ran = await database.runMigrations();
    await lock.query(`SELECT pg_advisory_unlock(hashtext('migrate'))`);
    await lock.release();
    return ran.map(({ name }) => name);
  } finally {
    await database.destroy();
  }
}
