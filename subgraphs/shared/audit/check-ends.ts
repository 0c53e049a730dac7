import type { DataSource } from 'typeorm';
import { readMissing } from './audit.store.ts';
import type { Anchor } from './chain.ts';
import type { Closing } from './closing.store.ts';
import type { Finding } from './finding.ts';

const atOnce = 1_000;

/** Finds ends of chains that somebody wrote down and that are not there as they were. */
export async function checkEnds(
  database: DataSource,
  closings: ReadonlyMap<string, Closing>,
  ends: AsyncIterable<Anchor> | Iterable<Anchor>,
  writtenBy: string,
  faults: Finding[],
): Promise<void> {
  let some: Anchor[] = [];
  for await (const end of ends) {
    if (isRemoved(closings.get(end.chain), end)) continue;
    some.push(end);
    if (some.length < atOnce) continue;
    faults.push(...(await findMissing(database, some, writtenBy)));
    some = [];
  }
  if (some.length > 0) faults.push(...(await findMissing(database, some, writtenBy)));
}

/** Whether an end lies within a part that was removed up to a signed one. */
function isRemoved(closing: Closing | undefined, { sequence, hash }: Anchor): boolean {
  if (closing === undefined || sequence > closing.sequence) return false;
  return sequence < closing.sequence || hash === closing.hash;
}

async function findMissing(
  database: DataSource,
  ends: readonly Anchor[],
  writtenBy: string,
): Promise<readonly Finding[]> {
  const rows = await readMissing(database, ends);
  return rows.map(({ chain, sequence, is_there }) => ({
    chain,
    sequence,
    what: is_there
      ? `the link is not the one that ${writtenBy} noted`
      : `${writtenBy} noted a link that is not there`,
  }));
}
