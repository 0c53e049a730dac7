import type { DataSource } from 'typeorm';
import { childTable, readChildRows } from './audit.store.ts';
import type { LinkedEvent } from './chain.ts';
import type { Finding, LinkKey, LinkRow } from './finding.ts';
import { type ChildRow, childRowsOf } from './link-events.ts';

/**
 * Compares what is found by child with what the links of a page say, from behind `after` to the page's last one, or to
 * the end of all when the page is empty. `links` has null for those that are no longer to be believed.
 */
export async function checkChildRows(
  database: DataSource,
  after: LinkKey,
  page: readonly LinkRow[],
  links: readonly (object | null)[],
): Promise<readonly Finding[]> {
  const stored = await readChildRows(database, after, page.at(-1) ?? null);
  const byLink = Map.groupBy(stored, ({ chain, sequence }) => `${chain} ${sequence}`);
  const faults: Finding[] = [];
  for (const [position, { chain, sequence }] of page.entries()) {
    const rows = (byLink.get(`${chain} ${sequence}`) ?? []).map(({ chain: _, sequence: __, ...row }) => row);
    byLink.delete(`${chain} ${sequence}`);
    const link = links[position] ?? null;
    if (link !== null && JSON.stringify(rows) !== JSON.stringify(rowsOf(link)))
      faults.push({ chain, sequence, what: `what ${childTable} says of the link is not what it says` });
  }
  for (const [row] of byLink.values())
    if (row !== undefined)
      faults.push({
        chain: row.chain,
        sequence: row.sequence,
        what: `${childTable} has a link that is not there`,
      });
  return faults;
}

function rowsOf(link: object): readonly ChildRow[] {
  return 'v' in link && 'did' in link ? childRowsOf(link as LinkedEvent) : [];
}
