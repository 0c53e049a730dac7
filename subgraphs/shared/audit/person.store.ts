import type { EntityManager } from 'typeorm';

/** The table that the operator alone changes: a person's key is deleted to erase the person. */
export const personTable = 'audit_person';

export interface PersonRow {
  readonly person: string;
  readonly key: Buffer;
  /** The id that the pseudonym is a hash of, where it is a former one. */
  readonly hashed_id: string | null;
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
