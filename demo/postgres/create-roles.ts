import { readFileSync } from 'node:fs';
import pg from 'pg';
import { projectFile } from '../../core/project-root.ts';

/** Passwords of the roles that `deploy/postgres/roles.sql` makes. */
export interface RolePasswords {
  readonly migrate: string;
  readonly app: string;
  readonly read: string;
}

/** The role that programs connect as. */
export const appRole = 'school_app';
/** The owner of the tables. */
export const migrateRole = 'school_migrate';
/** The role that may only read. */
export const readRole = 'school_read';

/** Runs `deploy/postgres/roles.sql` as psql does. `url` is a superuser's. Safe to repeat, and by several at once. */
export async function createRoles(url: string, passwords: RolePasswords): Promise<void> {
  const file = readFileSync(projectFile('deploy', 'postgres', 'roles.sql'), 'utf8');
  const sql = file.replaceAll(/:'(migrate|app|read)'/g, (_, name: keyof RolePasswords) =>
    pg.escapeLiteral(passwords[name]),
  );
  const client = new pg.Client(url);
  await client.connect();
  try {
    // All databases of the server have the roles in common: an advisory lock, which each database has for itself, would
    // let another one change them meanwhile ("tuple concurrently updated"). Those who sign in do not wait for this lock.
    await client.query(`BEGIN; LOCK TABLE pg_authid IN SHARE ROW EXCLUSIVE MODE; ${sql}; COMMIT`);
  } finally {
    await client.end();
  }
}
