import { afterAll } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { openDatabase } from '../../core/database.ts';
import { entities, migrations } from '../../subgraphs/registry.ts';
import { asService, copyOf, migrateWithRoles, once } from './databases.ts';

/** Our own tables, migrated and empty, which no other test uses at the same time. */
export interface MigratedDatabase {
  readonly url: string;
  /** As our programs connect. */
  readonly service: DataSource;
  /** As the owner of the tables, who may do what our programs may not. */
  readonly owner: DataSource;
  /** Empties all tables and keeps the database for the file's next test: a copy takes ten times as long. */
  giveBack(): Promise<void>;
}

const free: MigratedDatabase[] = [];
const all: MigratedDatabase[] = [];

afterAll(() => Promise.all(all.flatMap(({ service, owner }) => [service.destroy(), owner.destroy()])));

/** The URL of a migrated and empty database that no other test is given. */
export async function copyOfMigrated(): Promise<string> {
  await once('town_migrated', migrateWithRoles);
  return copyOf('town_migrated');
}

export async function openMigratedDatabase(): Promise<MigratedDatabase> {
  const ready = free.pop();
  if (ready !== undefined) return ready;
  const url = await copyOfMigrated();
  const [service, owner] = await Promise.all([
    openDatabase({ url: asService(url), entities, migrations, statementTimeoutMs: 20_000 }),
    openDatabase({ url, entities: [], migrations: [] }),
  ]);
  const quiet = service.logger;
  const opened: MigratedDatabase = {
    url,
    service,
    owner,
    async giveBack() {
      service.logger = quiet;
      await empty(owner);
      free.push(opened);
    },
  };
  all.push(opened);
  return opened;
}

/** Past the triggers that keep the audit trail and the receipts from being emptied. */
function empty(owner: DataSource): Promise<void> {
  return owner.transaction(async (manager) => {
    await manager.query(`SET LOCAL session_replication_role = 'replica'`);
    await manager.query(`SET LOCAL lock_timeout = '2s'`);
    // TRUNCATE gives each table new files: with fifty tables it costs more than most tests.
    await manager.query(`
      DO $$
      DECLARE
        name text;
        has_rows boolean;
      BEGIN
        DELETE FROM pgboss.job;
        FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migrations' LOOP
          EXECUTE 'SELECT EXISTS (SELECT FROM ' || quote_ident(name) || ')' INTO has_rows;
          IF has_rows THEN EXECUTE 'DELETE FROM ' || quote_ident(name); END IF;
        END LOOP;
        FOR name IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL LOOP
          EXECUTE 'ALTER SEQUENCE ' || quote_ident(name) || ' RESTART';
        END LOOP;
      END $$`);
  });
}
