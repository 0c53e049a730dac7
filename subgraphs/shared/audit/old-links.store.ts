import type { DataSource, EntityManager } from 'typeorm';
import type { AuditKeys } from './audit-keys.ts';
import { keyIdOf } from './chain.ts';
import { type Closing, writeClosing } from './closing.store.ts';

/**
 * Removes the links of one chain that are older than `before`, `most` of them at most, and signs the end of what is gone in
 * the same transaction. Returns how many; 0 once there is nothing left to remove in any chain.
 *
 * Only the beginning of a chain is removed: a young link keeps the older ones behind it, and so does one about a person
 * whose data is restricted. Chains of before there were keys go
 * first, while those with a key that vouch for them are there.
 */
export function removeOldLinks(
  database: DataSource,
  keys: AuditKeys,
  { before, now, most }: { readonly before: Date; readonly now: Date; readonly most: number },
): Promise<number> {
  return database.transaction(async (manager) => {
    const end = await oldestEnd(manager, before, most);
    if (end === null) return 0;
    await writeClosing(manager, keys, end, now);
    const [row] = await manager.query<{ count: number }[]>('SELECT remove_audit($1, $2) AS count', [
      end.chain,
      end.sequence,
    ]);
    return row?.count ?? 0;
  });
}

/** The end of the next part to remove. */
async function oldestEnd(manager: EntityManager, before: Date, most: number): Promise<Closing | null> {
  const [end] = await manager.query<
    (Closing & { readonly first: string | null; readonly closedKey: string | null })[]
  >(oldEnds, [before, most]);
  if (end === undefined) return null;
  const { chain, sequence, hash, first, closedKey } = end;
  const chainKey = first === null ? closedKey : keyIdOf(parsed(first));
  return { chain, sequence, hash, chainKey };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const oldEnds = `
  WITH RECURSIVE chains AS (
    (SELECT chain FROM audit_event ORDER BY chain LIMIT 1)
    UNION ALL
    SELECT (SELECT e.chain FROM audit_event e WHERE e.chain > c.chain ORDER BY e.chain LIMIT 1)
    FROM chains c WHERE c.chain IS NOT NULL
  ), held AS MATERIALIZED (SELECT restricted_pseudonyms() AS names), starts AS (
    SELECT c.chain, s.sequence, s.event, s.at FROM chains c
    CROSS JOIN LATERAL (SELECT sequence, event, at FROM audit_event WHERE chain = c.chain ORDER BY sequence LIMIT 1) s
    WHERE s.at < $1
  )
  SELECT s.chain, ends.sequence::float8 AS sequence, ends.hash,
    CASE WHEN s.sequence = 1 THEN s.event END AS first, closing.chain_key AS "closedKey"
  FROM starts s
  LEFT JOIN audit_closing closing ON closing.chain = s.chain
  CROSS JOIN LATERAL (
    SELECT sequence, hash FROM (
      SELECT sequence, hash, bool_and(at < $1 AND NOT is_held) OVER (ORDER BY sequence) AS is_old
      FROM (SELECT sequence, hash, at, names <> '{}' AND (coalesce(actor_id = ANY (names), false) OR EXISTS (
          SELECT FROM audit_child c WHERE c.chain = e.chain AND c.sequence = e.sequence AND c.child = ANY (names))) AS is_held
        FROM audit_event e, held WHERE chain = s.chain ORDER BY sequence LIMIT $2) AS first_links
    ) AS links WHERE is_old ORDER BY sequence DESC LIMIT 1) ends
  ORDER BY (s.sequence = 1 AND s.event LIKE '{"v":2,"open":{"key":%'), s.at, s.chain LIMIT 1`;
