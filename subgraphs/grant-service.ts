import type { DataSource } from 'typeorm';
import { eventTable } from './shared/audit/audit.store.ts';
import { personTable } from './shared/audit/person.store.ts';

const schemas = 'public, pgboss';

/** Our programs create and read the keys of pseudonyms, and delete them by a function only. */
const insertOnly = [personTable];

/** Rows are removed through these only. All but the last refuse young ones; the last one erases a person's keys. */
const removing =
  'remove_filed(uuid[]), remove_sessions(text[]), remove_money(text, text[]), remove_audit(uuid, bigint), forget_persons(text[])';

/**
 * Lets the role of our programs read and write our tables, and only insert into append-only ones: an attacker who takes
 * over a program can do no more. Only the owner of the tables can change triggers and rights.
 *
 * Errors: one sentence, when there is no such role or when it could undo this.
 */
export async function grantService(database: DataSource, role: string): Promise<void> {
  await requireLimited(database, role);
  const quoted = `"${role.replaceAll('"', '""')}"`;
  // Tables that refuse changes by a trigger of such a name refuse them to the role too.
  const growing = await database.query<{ name: string }[]>(
    String.raw`SELECT DISTINCT tgrelid::regclass::text AS name FROM pg_trigger WHERE tgname LIKE '%\_append\_only'`,
  );
  await database.transaction(async (manager) => {
    await manager.query(`GRANT EXECUTE ON FUNCTION ${removing} TO ${quoted}`);
    await manager.query(`
      GRANT USAGE ON SCHEMA ${schemas} TO ${quoted};
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schemas} TO ${quoted};
      GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${schemas} TO ${quoted};
      REVOKE INSERT, UPDATE, DELETE ON migrations FROM ${quoted};`);
    for (const table of [...growing.map(({ name }) => name), ...insertOnly])
      await manager.query(`REVOKE UPDATE, DELETE, TRUNCATE, TRIGGER ON ${table} FROM ${quoted}`);
  });
}

async function requireLimited(database: DataSource, role: string): Promise<void> {
  const [found] = await database.query<{ is_superuser: boolean; owns: boolean }[]>(
    `SELECT rolsuper AS is_superuser, pg_has_role(rolname, tableowner, 'MEMBER') AS owns
     FROM pg_roles, pg_tables WHERE rolname = $1 AND tablename = $2`,
    [role, eventTable],
  );
  if (found === undefined)
    throw new Error(
      `There is no role ${role}: create it, or set DATABASE_SERVICE_ROLE to one that there is.`,
    );
  if (found.is_superuser || found.owns)
    throw new Error(
      `The role ${role} is a superuser or owns the tables, and nothing can be kept from it: set DATABASE_SERVICE_ROLE to another.`,
    );
}
