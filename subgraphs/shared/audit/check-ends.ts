import type { DataSource } from 'typeorm';
import { readMissing } from './audit.store.ts';
import type { Anchor } from './chain.ts';
import type { Finding } from './finding.ts';

const atOnce = 1_000;

/** Finds ends of chains that somebody wrote down and that are not there as they were. */
export async function checkEnds(
  database: DataSource,
  ends: AsyncIterable<Anchor> | Iterable<Anchor>,
  writtenBy: string,
  faults: Finding[],
): Promise<void> {
  let some: Anchor[] = [];
  for await (const end of ends) {
    some.push(end);
    if (some.length < atOnce) continue;
    faults.push(...(await findMissing(database, some, writtenBy)));
    some = [];
  }
  if (some.length > 0) faults.push(...(await findMissing(database, some, writtenBy)));
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
