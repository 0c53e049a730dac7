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
    // One transaction, in which no other changes the roles, which all databases of the server have in common.
    await client.query(`BEGIN; SELECT pg_advisory_xact_lock(hashtext('roles')); ${sql}; COMMIT`);
  } finally {
    await client.end();
  }
}
