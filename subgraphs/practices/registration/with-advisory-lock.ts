import type { DataSource, EntityManager, QueryRunner } from 'typeorm';

/**
 * Runs work under an advisory lock; returns null at once if another session holds the lock.
 *
 * The lock belongs to a database session, and the work writes through that session: a worker that loses the
 * session has lost the lock and can write nothing more, and a process that dies releases the lock.
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

/** Takes one more lock in a session that already holds one, until it ends; false if another session holds it. */
export async function lock(manager: EntityManager, name: string): Promise<boolean> {
  const [row] = await manager.query<{ locked: boolean }[]>(
    'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS locked',
    [name],
  );
  return row?.locked === true;
}

/** A session that cannot release its locks is closed: it must not return to the pool with them. */
async function letGo(session: QueryRunner): Promise<void> {
  try {
    await session.query('SELECT pg_advisory_unlock_all()');
  } catch {
    await (await session.connect().catch(() => null))?.end();
  } finally {
    await session.release();
  }
}
