import type { DataSource } from 'typeorm';
import { type ChainedEvent, type Head, hashOf, startOf } from './chain.ts';

export interface AuditReport {
  readonly chains: number;
  readonly events: number;
  /** Left by writes and not linked yet: normal for seconds, no longer. */
  readonly pending: number;
  /** Empty when every chain is whole. */
  readonly faults: readonly { readonly chain: string; readonly sequence: number; readonly what: string }[];
}

interface Row {
  readonly chain: string;
  readonly sequence: number;
  readonly at: Date;
  readonly actor_id: string | null;
  readonly event: string;
  readonly hash: string;
}

const pageSize = 5_000;

/**
 * Reads every chain from its start and computes its hashes again.
 *
 * `heads` are ends of chains that were written down elsewhere (`audit.head` in the log): a chain that lacks one was
 * cut off. Without them a cut end cannot be seen.
 */
export async function verifyAudit(
  database: DataSource,
  heads: readonly (Head & { readonly chain: string })[] = [],
): Promise<AuditReport> {
  const faults: AuditReport['faults'][number][] = [];
  const wanted = new Map(heads.map((head) => [`${head.chain} ${head.sequence}`, head]));
  let current: { readonly chain: string; head: Head } = { chain: '', head: startOf('') };
  let [chains, events] = [0, 0];
  for await (const row of rowsOf(database)) {
    const { chain, sequence, event, hash } = row;
    if (current.chain !== chain) {
      current = { chain, head: startOf(chain) };
      chains++;
    }
    events++;
    if (sequence !== current.head.sequence + 1)
      faults.push({ chain, sequence, what: `link ${current.head.sequence + 1} is missing` });
    else if (hashOf(current.head.hash, event) !== hash || !isAsLinked(row))
      faults.push({ chain, sequence, what: 'the link was changed' });
    const noted = wanted.get(`${chain} ${sequence}`);
    if (noted !== undefined && noted.hash !== hash)
      faults.push({ chain, sequence, what: 'the link is not the one that the log noted' });
    wanted.delete(`${chain} ${sequence}`);
    current.head = { sequence, hash };
  }
  for (const { chain, sequence } of wanted.values())
    faults.push({ chain, sequence, what: 'the log noted a link that is not there' });
  const [{ pending }] = await database.query<[{ pending: number }]>(
    'SELECT count(*)::float8 AS pending FROM audit_pending',
  );
  return { chains, events, pending, faults };
}

/** The columns beside the event are there to search by: they must say what it says. */
function isAsLinked({ event, at, actor_id }: Row): boolean {
  const linked = JSON.parse(event) as ChainedEvent;
  return linked.at === at.toISOString() && linked.actor.id === actor_id;
}

async function* rowsOf(database: DataSource): AsyncIterable<Row> {
  for (let after: readonly [string, number] = ['00000000-0000-0000-0000-000000000000', 0]; ; ) {
    const rows = await database.query<Row[]>(
      `SELECT chain, sequence::float8 AS sequence, at, actor_id, event, hash FROM audit_event
       WHERE (chain, sequence) > ($1::uuid, $2::bigint) ORDER BY chain, sequence LIMIT ${pageSize}`,
      [...after],
    );
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageSize) return;
    after = [last.chain, last.sequence];
  }
}
