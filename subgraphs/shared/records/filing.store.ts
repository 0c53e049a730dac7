import type { DataSource, EntityManager } from 'typeorm';
import type { EntryKey } from '../../../legacy/ports/keys.ts';

// The statements about the practices that were filed here. Practices keeps the rows; access and billing ask about them
// too, so that the statements are shared.

/** The practices that became entries of the protocol register. */
export function practicesOfEntries(
  on: DataSource,
  entryKeys: readonly EntryKey[],
): Promise<readonly { readonly entry_key: EntryKey; readonly practice_id: string }[]> {
  return on.query(
    'SELECT entry_key, practice_id FROM practice_submission WHERE entry_key = ANY($1::text[])',
    [entryKeys],
  );
}

/** SQL: the keys of a practice's entries, as a JSON list of objects. */
export const entriesOfPractice = (id: string) =>
  `(SELECT COALESCE(jsonb_agg(jsonb_build_object('entryKey', s.entry_key)), '[]')
    FROM practice_submission s WHERE s.practice_id = ${id})`;

/**
 * SQL: the entries of an applicant's practices for the children of a relation with `child` and `since`, as a JSON list
 * of `key` and `isHidden`.
 */
export const entriesForChildren = (applicant: string, children: string) =>
  `(SELECT coalesce(jsonb_agg(jsonb_build_object('key', u.entry_key, 'isHidden', p.created_at < b.since)), '[]')
    FROM ${children} b JOIN practice p ON p.applicant = ${applicant} AND p.child->>'codiceFiscale' = b.child
      JOIN practice_submission u ON u.practice_id = p.id AND u.entry_key IS NOT NULL)`;

/** SQL: how many practices an applicant started for a child since a time. */
export const practicesSince = (applicant: string, child: string, since: string) =>
  `(SELECT count(*)::int FROM practice p WHERE p.applicant = ${applicant} AND p.child->>'codiceFiscale' = ${child}
    AND p.created_at >= ${since})`;

/** The bytes of an applicant's files that are not filed yet, or that were uploaded since a time. */
export async function bytesOf(manager: EntityManager, applicant: string, since: Date): Promise<number> {
  const [{ bytes }] = await manager.query<[{ bytes: number }]>(
    `SELECT COALESCE(sum(COALESCE(a.announced_bytes, a.max_bytes)), 0)::float8 AS bytes
     FROM practice p JOIN practice_attachment a ON a.practice_id = p.id
     WHERE p.applicant = $1 AND (a.submission_id IS NULL OR a.created_at > $2)`,
    [applicant, since],
  );
  return bytes;
}

/** Makes room, where an applicant has practices for a child that does not exist for them any more. */
export async function setAside(
  manager: EntityManager,
  practice: { readonly applicant: string; readonly templateId: string; readonly childCode: string | null },
  hiddenSince: Date,
): Promise<void> {
  await manager.query(
    `WITH hidden AS (
       UPDATE practice SET is_set_aside = true WHERE applicant = $1 AND template_id = $2
         AND child->>'codiceFiscale' = $3 AND created_at < $4::timestamptz AND NOT is_set_aside
     )
     DELETE FROM practice_start_key k USING practice p WHERE k.practice_id = p.id AND p.applicant = $1
       AND p.child->>'codiceFiscale' = $3 AND p.created_at < $4::timestamptz`,
    [practice.applicant, practice.templateId, practice.childCode, hiddenSince],
  );
}

/** Adds a milestone after the others of a practice whose row the transaction has locked. */
export async function insertEvent(
  manager: EntityManager,
  practiceId: string,
  { at, status, note }: { readonly at: Date; readonly status: string; readonly note: string | null },
): Promise<void> {
  await manager.query(
    `INSERT INTO practice_event (practice_id, sequence, at, status, note)
     SELECT $1, coalesce(max(sequence), 0) + 1, $2, $3, $4 FROM practice_event WHERE practice_id = $1`,
    [practiceId, at, status, note],
  );
}
