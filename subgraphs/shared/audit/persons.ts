import { createHmac, randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';

/** Names that stand for persons in the trail, by their ids. */
export type Pseudonyms = ReadonlyMap<string, string>;

/**
 * The pseudonyms of persons: a hash of their id with a key of their own, which is one row of `audit_person`.
 *
 * Once that row is deleted, nobody can tell any more whom the trail is about, and the trail is as whole as before.
 * Those of `wanted` are given a row; those of `named` only have a pseudonym if they have one, so that clients cannot
 * fill the table with ids that they make up.
 */
export async function pseudonymsOf(
  manager: EntityManager,
  { wanted, named }: { readonly wanted: ReadonlySet<string>; readonly named: ReadonlySet<string> },
): Promise<Pseudonyms> {
  const all = [...new Set([...wanted, ...named])];
  if (all.length === 0) return new Map();
  const found = await readKeys(manager, all);
  const missing = [...wanted].filter((person) => !found.has(person));
  if (missing.length === 0) return toPseudonyms(found);
  await manager.query(
    `INSERT INTO audit_person (person, key) SELECT * FROM unnest($1::text[], $2::bytea[]) ON CONFLICT DO NOTHING`,
    [missing, missing.map(() => randomBytes(32))],
  );
  // Somebody else's, where they were faster.
  return toPseudonyms(new Map([...found, ...(await readKeys(manager, missing))]));
}

/** The pseudonyms of those who have one. */
export async function pseudonymsIn(manager: EntityManager, persons: readonly string[]): Promise<Pseudonyms> {
  return toPseudonyms(await readKeys(manager, persons));
}

async function readKeys(
  manager: EntityManager,
  persons: readonly string[],
): Promise<ReadonlyMap<string, Buffer>> {
  const rows = await manager.query<{ person: string; key: Buffer }[]>(
    'SELECT person, key FROM audit_person WHERE person = ANY($1)',
    [persons],
  );
  return new Map(rows.map(({ person, key }) => [person, key]));
}

function toPseudonyms(keys: ReadonlyMap<string, Buffer>): Pseudonyms {
  return new Map([...keys].map(([person, key]) => [person, pseudonymOf(person, key)]));
}

/** Shape: 22 characters of base64url. */
export function pseudonymOf(person: string, key: Buffer): string {
  return createHmac('sha256', key).update(person).digest('base64url').slice(0, 22);
}
