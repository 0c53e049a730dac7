import type { DataSource } from 'typeorm';
import type { Anchor, AnchorLink } from './chain.ts';

/** As many ends as one link holds, and as are written down where chains of before are anchored already. */
const mostAnchors = 64;

interface EndRow extends Anchor {
  readonly is_keyed: boolean;
}

/**
 * The ends of other chains, the most lately used first.
 *
 * While none of them has a key these are all that there are: what was kept before keys came is anchored once and for all.
 */
export async function endsOfOthers(database: DataSource, chain: string): Promise<readonly Anchor[]> {
  const ends = await database.query<EndRow[]>(endsOfOtherChains, [chain]);
  const taken = ends.some(({ is_keyed }) => is_keyed) ? ends.slice(0, mostAnchors) : ends;
  return taken.map(({ chain: other, sequence, hash }) => ({ chain: other, sequence, hash }));
}

/** Looks each chain up by its name, of which there are few, and not through its events. */
const endsOfOtherChains = `
  WITH RECURSIVE chains AS (
    (SELECT chain FROM audit_event ORDER BY chain LIMIT 1)
    UNION ALL
    SELECT (SELECT e.chain FROM audit_event e WHERE e.chain > c.chain ORDER BY e.chain LIMIT 1)
    FROM chains c WHERE c.chain IS NOT NULL
  )
  SELECT c.chain, ends.sequence::float8 AS sequence, ends.hash, starts.event LIKE '{"v":2,"open":{"key":%' AS is_keyed
  FROM chains c
  CROSS JOIN LATERAL (
    SELECT sequence, hash, at FROM audit_event WHERE chain = c.chain ORDER BY sequence DESC LIMIT 1) ends
  CROSS JOIN LATERAL (
    SELECT event FROM audit_event WHERE chain = c.chain ORDER BY sequence LIMIT 1) starts
  WHERE c.chain IS NOT NULL AND c.chain <> $1
  ORDER BY ends.at DESC, c.chain`;

/** The first links of a chain. */
export function openingLinks(keyId: string, at: string, anchors: readonly Anchor[]): readonly AnchorLink[] {
  const [first, ...more] = anchorLinks(at, anchors);
  return [{ v: 2, open: { key: keyId }, at, anchors: first?.anchors ?? [] }, ...more];
}

/** None when there is nothing to write down. */
export function anchorLinks(at: string, anchors: readonly Anchor[]): readonly AnchorLink[] {
  const links: AnchorLink[] = [];
  for (let from = 0; from < anchors.length; from += mostAnchors)
    links.push({ v: 2, at, anchors: anchors.slice(from, from + mostAnchors) });
  return links;
}
