import type { DataSource } from 'typeorm';
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
  const rows = await database.query<{ chain: string; sequence: number; is_there: boolean }[]>(
    `SELECT DISTINCT w.chain, w.sequence::float8 AS sequence, e.hash IS NOT NULL AS is_there
     FROM unnest($1::uuid[], $2::bigint[], $3::text[]) AS w(chain, sequence, hash)
     LEFT JOIN audit_event e ON e.chain = w.chain AND e.sequence = w.sequence
     WHERE e.hash IS DISTINCT FROM w.hash ORDER BY 1, 2`,
    [ends.map(({ chain }) => chain), ends.map(({ sequence }) => sequence), ends.map(({ hash }) => hash)],
  );
  return rows.map(({ chain, sequence, is_there }) => ({
    chain,
    sequence,
    what: is_there
      ? `the link is not the one that ${writtenBy} noted`
      : `${writtenBy} noted a link that is not there`,
  }));
}
