import { openDatabase } from '../core/database.ts';
import { grantService } from './grant-service.ts';
import { entities, jobs, migrations } from './registry.ts';
import { prepareQueues } from './shared/jobs/run-jobs.ts';

/**
 * Brings our own tables up to date, and what the role of our programs may do with them; without a role all rights stay
 * as they are. Safe to repeat, and by several processes at once.
 */
export async function migrate(url: string, serviceRole: string | null = null): Promise<readonly string[]> {
  const database = await openDatabase({ url, entities, migrations, statementTimeoutMs: 60_000 });
  try {
    // One process at a time: the second one finds nothing left to do.
    const lock = database.createQueryRunner();
    await lock.query(`SELECT pg_advisory_lock(hashtext('migrate'))`);
    const ran = await database.runMigrations();
    await prepareQueues(url, jobs);
    if (serviceRole !== null) await grantService(database, serviceRole);
    await lock.query(`SELECT pg_advisory_unlock(hashtext('migrate'))`);
    await lock.release();
    return ran.map(({ name }) => name);
  } finally {
    await database.destroy();
  }
}
