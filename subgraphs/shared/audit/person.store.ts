import type { EntityManager } from 'typeorm';

/** Rows leave this table through functions of the database only: `forget_persons`, and `remove_audit` with a person's last event. */
export const personTable = 'audit_person';

export interface PersonRow {
  readonly person: string;
  readonly key: Buffer;
  /** The id that the pseudonym is a hash of, where it is a former one. */
  readonly hashed_id: string | null;
}

/**
 * Keeps the keys that a transaction reads or adds until it ends, so that no event is left with a key that is gone. In a
 * statement of its own, before they are read.
 */
export async function holdPersons(manager: EntityManager): Promise<void> {
  await manager.query(`SELECT pg_advisory_xact_lock_shared(hashtextextended('audit persons', 0))`);
}

/** Deletes a person's keys: the trail has a stranger's events then. Returns how many. */
export async function forgetPersons(manager: EntityManager, persons: readonly string[]): Promise<number> {
  const [row] = await manager.query<{ count: number }[]>('SELECT forget_persons($1) AS count', [persons]);
  return row?.count ?? 0;
}

/** Stores keys of persons who have none yet. */
export async function insertPersons(manager: EntityManager, rows: readonly PersonRow[]): Promise<void> {
  await manager.query(
    `INSERT INTO audit_person (person, key, hashed_id)
     SELECT * FROM unnest($1::text[], $2::bytea[], $3::text[]) ON CONFLICT DO NOTHING`,
    [rows.map(({ person }) => person), rows.map(({ key }) => key), rows.map(({ hashed_id }) => hashed_id)],
  );
}

export async function readPersons(
  manager: EntityManager,
  persons: readonly string[],
): Promise<ReadonlyMap<string, PersonRow>> {
  const rows = await manager.query<PersonRow[]>(
    'SELECT person, key, hashed_id FROM audit_person WHERE person = ANY($1)',
    [persons],
  );
  return new Map(rows.map((row) => [row.person, row]));
}
