import { createHmac, randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { holdPersons, insertPersons, type PersonRow, readPersons } from './person.store.ts';

/** Names that stand for persons in the trail, by their ids. */
export type Pseudonyms = ReadonlyMap<string, string>;

export interface PersonsToName {
  /** Those that are given a row. */
  readonly wanted: ReadonlySet<string>;
  /** Those that only have a pseudonym if they have a row, so that clients cannot fill the table with made-up ids. */
  readonly named: ReadonlySet<string>;
  /** Ids of former secrets, by the present one. */
  readonly former: ReadonlyMap<string, readonly string[]>;
}

/**
 * The pseudonyms of persons: a hash of their id with a key of their own, which is one row of the persons’ table.
 *
 * Once that row is deleted, nobody can tell any more whom the trail is about, and the trail is as whole as before. A
 * person whose id changed with ID_SECRET keeps the pseudonym: the new id's row has the key and the id of the first one.
 */
export async function pseudonymsOf(
  manager: EntityManager,
  { wanted, named, former }: PersonsToName,
): Promise<Pseudonyms> {
  const all = [...new Set([...wanted, ...named, ...[...former.values()].flat()])];
  if (all.length === 0) return new Map();
  await holdPersons(manager);
  const found = await readPersons(manager, all);
  const missing = [...wanted].filter((person) => !found.has(person));
  if (missing.length === 0) return toPseudonyms(found);
  const rows = missing.map((person) => {
    const known = former.get(person)?.flatMap((id) => found.get(id) ?? [])[0];
    return known === undefined
      ? { person, key: randomBytes(32), hashed_id: null }
      : { person, key: known.key, hashed_id: known.hashed_id ?? known.person };
  });
  await insertPersons(manager, rows);
  // Another process's, where it was faster.
  return toPseudonyms(new Map([...found, ...(await readPersons(manager, missing))]));
}

/** The pseudonyms of those who have one. */
export async function pseudonymsIn(manager: EntityManager, persons: readonly string[]): Promise<Pseudonyms> {
  return toPseudonyms(await readPersons(manager, persons));
}

function toPseudonyms(rows: ReadonlyMap<string, PersonRow>): Pseudonyms {
  return new Map(
    [...rows].map(([id, { person, key, hashed_id }]) => [id, pseudonymOf(hashed_id ?? person, key)]),
  );
}

/** Shape: 22 characters of base64url. */
export function pseudonymOf(person: string, key: Buffer): string {
  return createHmac('sha256', key).update(person).digest('base64url').slice(0, 22);
}
