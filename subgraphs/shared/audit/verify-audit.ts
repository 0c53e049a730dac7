import type { DataSource } from 'typeorm';
import { splitId } from '../../../core/ids.ts';
import { countPending, readLinks } from './audit.store.ts';
import { type AuditKeys, type ChainKey, noKey } from './audit-keys.ts';
import {
  type Anchor,
  type AnchorLink,
  actorIdOf,
  type FormerEvent,
  type Head,
  keyIdOf,
  type LinkedEvent,
  startOf,
} from './chain.ts';
import { checkChildRows } from './check-child-rows.ts';
import { checkEnds } from './check-ends.ts';
import { type Closing, readClosings } from './closing.store.ts';
import type { Finding, LinkKey, LinkRow } from './finding.ts';

export interface AuditReport {
  readonly chains: number;
  readonly events: number;
  /** Left by writes and not linked yet: normal for seconds, no longer. */
  readonly pending: number;
  /** Empty when every chain is whole. */
  readonly faults: readonly Finding[];
  /** Links that are whole and hold what a client wrote there, before events were looked at. */
  readonly remarks: readonly Finding[];
}

type StoredLink = LinkedEvent | AnchorLink | FormerEvent;

const pageSize = 5_000;

/**
 * Reads every chain from its start, or from the signed end of what retention removed, and computes its hashes again.
 *
 * `heads` are ends of chains that were written down elsewhere (`audit.head` in the log): a chain that lacks one was
 * cut off. Chains also write down the ends of each other, so that one that is missing is missed without a log.
 */
export async function verifyAudit(
  database: DataSource,
  keys: AuditKeys | null,
  heads: AsyncIterable<Anchor> | Iterable<Anchor> = [],
): Promise<AuditReport> {
  const findings = { faults: [] as Finding[], remarks: [] as Finding[] };
  const { closings, forged } = await readClosings(database, keys);
  for (const { chain, sequence } of forged)
    findings.faults.push({
      chain,
      sequence,
      what: 'the end of the removed part is not signed with a key that was given',
    });
  const reader = new ChainReader(keys, closings, findings);
  let after: LinkKey = beforeAll;
  for await (const page of pagesOf(database)) {
    const links = page.map((row) => reader.read(row));
    findings.faults.push(...(await checkChildRows(database, after, page, links)));
    after = page.at(-1) ?? after;
    await checkEnds(database, closings, reader.takeAnchors(), 'another chain', findings.faults);
  }
  reader.end();
  findings.faults.push(...(await checkChildRows(database, after, [], [])));
  await checkEnds(database, closings, heads, 'the log', findings.faults);
  const pending = await countPending(database);
  return { chains: reader.chains, events: reader.events, pending, ...findings };
}

/** Follows one chain after the other, link by link. */
class ChainReader {
  chains = 0;
  events = 0;
  private chain = '';
  private key: ChainKey | null = noKey;
  private head: Head = startOf('', noKey);
  private anchors: Anchor[] = [];
  /** Ends that chains with a key have written down of those without. */
  private readonly anchored = new Map<string, number>();
  private readonly endsWithoutKey: Anchor[] = [];

  constructor(
    private readonly keys: AuditKeys | null,
    private readonly closings: ReadonlyMap<string, Closing>,
    private readonly findings: { readonly faults: Finding[]; readonly remarks: Finding[] },
  ) {}

  /** The link that a row holds, if it can be read. */
  read(row: LinkRow): StoredLink | null {
    const { chain, sequence, event, hash } = row;
    const link = parseLink(event);
    if (chain !== this.chain) this.begin(chain, sequence, link);
    const isFault = this.key !== null && !this.isNext(row, link);
    if (link !== null && 'anchors' in link) {
      if (!isFault) this.noteAnchors(link);
    } else this.events++;
    this.head = { sequence, hash };
    if (this.key?.id === null) this.findings.remarks.push(...remarksOn(row, link));
    return isFault ? null : link;
  }

  /** Anchors since the last time. */
  takeAnchors(): readonly Anchor[] {
    return this.anchors.splice(0);
  }

  /** Of chains without a key only those are to be believed that one with a key has written down. */
  end(): void {
    this.leave();
    for (const { chain, sequence } of this.endsWithoutKey) {
      const known = this.anchored.get(chain) ?? 0;
      if (known >= sequence) continue;
      const what = 'the chain has no key from here on, and no chain with a key knows of it';
      this.findings.faults.push({ chain, sequence: known + 1, what });
    }
  }

  private begin(chain: string, sequence: number, link: StoredLink | null): void {
    this.leave();
    this.chain = chain;
    this.chains++;
    const closing = sequence === 1 ? undefined : this.closings.get(chain);
    const keyId = closing === undefined ? (sequence === 1 ? keyIdOf(link) : null) : closing.chainKey;
    this.key = keyId === null ? noKey : (this.keys?.byId(keyId) ?? null);
    if (this.key === null)
      this.fault(
        chain,
        sequence,
        `the chain is of the key ${String(keyId).slice(0, 16)}, which was not given`,
      );
    // A chain of which the beginning was removed goes on behind the signed end of that.
    this.head = closing ?? startOf(chain, this.key ?? noKey);
    if (closing !== undefined && closing.chainKey === null) this.anchored.set(chain, closing.sequence);
  }

  private leave(): void {
    if (this.chain !== '' && this.key?.id === null)
      this.endsWithoutKey.push({ chain: this.chain, ...this.head });
  }

  private isNext(row: LinkRow, link: StoredLink | null): boolean {
    const { chain, sequence, event, hash } = row;
    const expected = this.head.sequence + 1;
    if (sequence !== expected) return this.fault(chain, sequence, `link ${expected} is missing`);
    const isSame = this.key?.hash(this.head.hash, event) === hash && link !== null && isAsLinked(row, link);
    return isSame || this.fault(chain, sequence, 'the link was changed');
  }

  private noteAnchors({ anchors }: AnchorLink): void {
    this.anchors.push(...anchors);
    if (this.key?.id === null) return;
    for (const { chain, sequence } of anchors)
      this.anchored.set(chain, Math.max(sequence, this.anchored.get(chain) ?? 0));
  }

  private fault(chain: string, sequence: number, what: string): false {
    this.findings.faults.push({ chain, sequence, what });
    return false;
  }
}

function parseLink(event: string): StoredLink | null {
  try {
    const link = JSON.parse(event) as StoredLink | null;
    return typeof link === 'object' ? link : null;
  } catch {
    return null;
  }
}

/** The columns beside the event are there to search by: they must say what it says. */
function isAsLinked({ at, actor_id }: LinkRow, link: StoredLink): boolean {
  return link.at === at.toISOString() && actorIdOf(link) === actor_id;
}

function remarksOn({ chain, sequence, event }: LinkRow, link: StoredLink | null): readonly Finding[] {
  if (link === null || 'v' in link) return [];
  const foreign = link.did.flatMap(({ subjectIds }) => subjectIds).filter((id) => !isFormerId(id));
  const what = [
    ...(foreign.length > 0 ? [`${foreign.length} texts of a client in place of ids`] : []),
    ...(/\\u(0000|d[89a-f])/i.test(event)
      ? ['letters that jsonb does not take: read it as audit_json(event)']
      : []),
  ];
  return what.length === 0 ? [] : [{ chain, sequence, what: what.join('; ') }];
}

/** Ids as they were kept before: of whatever type, and persons by theirs. */
function isFormerId(id: string): boolean {
  const type = splitId(id)?.type ?? '';
  return /^[A-Z][A-Za-z]{2,30}$/.test(type) || /^[\w-]{22}$/.test(id);
}

const beforeAll: LinkKey = { chain: '00000000-0000-0000-0000-000000000000', sequence: 0 };

async function* pagesOf(database: DataSource): AsyncIterable<readonly LinkRow[]> {
  for (let after = beforeAll; ; ) {
    const rows = await readLinks(database, after, pageSize);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    after = last;
  }
}
