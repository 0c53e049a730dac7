import { type Db, PgBoss } from 'pg-boss';
import type { DataSource, EntityManager } from 'typeorm';
import type { Jobs } from '../job-queue.ts';

/** For a database whose tables `prepareQueues` created. Holds no connection of its own. */
export async function createJobs(database: DataSource): Promise<Jobs & { close(): Promise<void> }> {
  const boss = new PgBoss({
    db: through(database.manager),
    supervise: false,
    schedule: false,
    migrate: false,
  });
  // Nothing of it runs by itself here; what a call meets, the call says.
  boss.on('error', () => undefined);
  await boss.start();
  return {
    async add(manager, queue, key, runAt = new Date()) {
      await boss.upsert(queue, { key }, { singletonKey: key, startAfter: runAt, db: through(manager) });
    },
    close: () => boss.stop({ graceful: false }),
  };
}

/** The library's statements on one of our connections, within its transaction if there is one. */
function through(manager: EntityManager): Db {
  return {
    executeSql: async (text, values) => ({ rows: await rowsOf(manager, text, values) }),
  };
}

async function rowsOf(manager: EntityManager, text: string, values?: unknown[]): Promise<unknown[]> {
  const answer = await manager.query<unknown>(text, values);
  // For UPDATE and DELETE, TypeORM returns a pair of rows and their count.
  if (
    Array.isArray(answer) &&
    answer.length === 2 &&
    Array.isArray(answer[0]) &&
    typeof answer[1] === 'number'
  )
    return answer[0];
  return Array.isArray(answer) ? answer : [];
}
