import type { DataSource } from 'typeorm';
import { readOtherEnds } from './audit.store.ts';
import type { Anchor, AnchorLink } from './chain.ts';

/** As many ends as one link holds, and as are written down where chains of before are anchored already. */
const mostAnchors = 64;

/**
 * The ends of other chains, the most lately used first.
 *
 * While none of them has a key these are all that there are: what was kept before keys came is anchored once and for all.
 */
export async function endsOfOthers(database: DataSource, chain: string): Promise<readonly Anchor[]> {
  const ends = await readOtherEnds(database, chain);
  const taken = ends.some(({ is_keyed }) => is_keyed) ? ends.slice(0, mostAnchors) : ends;
  return taken.map(({ chain: other, sequence, hash }) => ({ chain: other, sequence, hash }));
}

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
