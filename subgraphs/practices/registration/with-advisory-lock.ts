import type { DataSource, EntityManager, QueryRunner } from 'typeorm';

/**
 * Does work that nobody else may do at the same time; null, at once, when somebody else is at it.
 *
 * The lock belongs to a session of the database, and the work writes through that same session: whoever loses the
 * session has lost the lock and can write nothing more, and a process that dies gives it up by dying.
 */
export async function withAdvisoryLock<Result>(
  database: DataSource,
  name: string,
  work: (manager: EntityManager) => Promise<Result>,
): Promise<Result | null> {
  const session = database.createQueryRunner();
  try {
    return (await lock(session.manager, name)) ? await work(session.manager) : null;
  } finally {
    await letGo(session);
  }
}

/** A lock more for who is alone already, held as long; false when somebody else has it. */
export async function lock(manager: EntityManager, name: string): Promise<boolean> {
  const [row] = await manager.query<{ locked: boolean }[]>(
    'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS locked',
    [name],
  );
  return row?.locked === true;
}

/** A session that cannot be asked to give up its locks is ended: it must not go back to the pool with them. */
async function letGo(session: QueryRunner): Promise<void> {
  try {
    await session.query('SELECT pg_advisory_unlock_all()');
  } catch {
    await (await session.connect().catch(() => null))?.end();
  } finally {
    await session.release();
  }
}
