import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import type { AuditEvent, AuditStream } from '../../../core/audit.ts';
import type { Clock } from '../../../core/clock.ts';
import type { Log } from '../../../core/log.ts';
import { gather, type Head, type Link, linksAfter, startOf } from './chain.ts';

export interface AuditTrail extends AuditStream {
  /** Keeps what is waiting. */
  flush(): Promise<void>;
}

export interface AuditTrailOptions {
  readonly database: DataSource;
  readonly clock: Clock;
  readonly log: Log;
}

type Waiting = AuditEvent & { readonly at: string };

const flushMs = 250;
/** How often events are looked for that writes of a process left behind which died. */
const sweepMs = 5_000;
const headMs = 60_000;
const batchSize = 1_000;
/** Past this, what our database does not take goes to the log, so that memory stays. */
const maxWaiting = 20_000;

/**
 * The table of what was done to personal data: a chain of hashes a process, to which links are only added.
 *
 * Reads are gathered in memory and kept four times a second: who reads waits for nothing, and a process that is
 * killed loses at most those of a quarter of a second. Writes leave their events in their own transaction; they are
 * linked into the chain of whichever process comes first.
 */
export function openAuditTrail({ database, clock, log }: AuditTrailOptions): AuditTrail {
  const chain = randomUUID();
  let head: Head = startOf(chain);
  let waiting: Waiting[] = [];
  let running: Promise<void> = Promise.resolve();
  /** How many of `waiting` went into a transaction of which nobody knows whether it was kept. */
  let inDoubt: number | null = null;
  let hasPending = true;

  const link = async () => {
    if (inDoubt !== null) await settleDoubt(inDoubt);
    for (let isMore = true; isMore; ) {
      const batch = waiting.slice(0, batchSize);
      if (batch.length === 0 && !hasPending) return;
      inDoubt = batch.length;
      const next = await database.transaction((manager) => keep(manager, chain, head, batch));
      inDoubt = null;
      head = next.head;
      waiting = waiting.slice(batch.length);
      hasPending = next.pending === batchSize;
      // What came meanwhile waits for the next time: under load each round would find another event or two.
      isMore = hasPending || waiting.length >= batchSize;
    }
  };

  /** The chain's own end tells. */
  const settleDoubt = async (count: number) => {
    const rows = await database.query<{ sequence: number; hash: string }[]>(
      'SELECT sequence::float8 AS sequence, hash FROM audit_event WHERE chain = $1 ORDER BY sequence DESC LIMIT 1',
      [chain],
    );
    const kept = rows[0] ?? startOf(chain);
    // The batch is one transaction: either all of it is there or nothing.
    if (kept.sequence > head.sequence) waiting = waiting.slice(count);
    head = kept;
    inDoubt = null;
  };

  const flush = () => {
    running = running.then(link).catch((error: unknown) => {
      log.error('audit.unkept', { waiting: waiting.length, error });
      for (const event of waiting.splice(inDoubt ?? 0, Math.max(0, waiting.length - maxWaiting)))
        log.error('audit.event', { ...event });
    });
    return running;
  };

  const timers = [
    setInterval(() => void ((waiting.length > 0 || hasPending) && flush()), flushMs),
    setInterval(() => {
      hasPending = true;
    }, sweepMs),
    // Who keeps the log elsewhere can tell later whether a chain was cut off.
    setInterval(() => head.sequence > 0 && log.info('audit.head', { chain, ...head }), headMs),
  ];
  for (const timer of timers) timer.unref();

  return {
    record: (event) => void waiting.push({ ...event, at: clock.now().toISOString() }),
    async recordIn(manager, event) {
      await manager.query('INSERT INTO audit_pending (at, event) VALUES ($1, $2)', [
        clock.now(),
        JSON.stringify(event),
      ]);
      hasPending = true;
    },
    flush,
    async close() {
      for (const timer of timers) clearInterval(timer);
      await flush();
      if (waiting.length > 0) await flush();
      if (head.sequence > 0) log.info('audit.head', { chain, ...head });
    },
  };
}

/** One transaction: what waits here, and what writes left behind, become links. */
async function keep(
  manager: EntityManager,
  chain: string,
  head: Head,
  waiting: readonly Waiting[],
): Promise<{ readonly head: Head; readonly pending: number }> {
  const [pending] = await manager.query<[{ at: Date; event: AuditEvent }[], number]>(
    `DELETE FROM audit_pending WHERE id IN
       (SELECT id FROM audit_pending ORDER BY id LIMIT ${batchSize} FOR UPDATE SKIP LOCKED) RETURNING at, event`,
  );
  const left = pending.map(({ at, event }) => ({ ...event, at: at.toISOString() }));
  const links = linksAfter(head, gather([...waiting, ...left]));
  const last = links.at(-1);
  if (last === undefined) return { head, pending: 0 };
  await insert(manager, chain, links);
  return { head: { sequence: last.sequence, hash: last.hash }, pending: pending.length };
}

async function insert(manager: EntityManager, chain: string, links: readonly Link[]): Promise<void> {
  await manager.query(
    `INSERT INTO audit_event (chain, sequence, at, actor_id, event, hash)
     SELECT $1, * FROM unnest($2::bigint[], $3::timestamptz[], $4::text[], $5::text[], $6::text[])`,
    [
      chain,
      links.map(({ sequence }) => sequence),
      links.map(({ at }) => at),
      links.map(({ actorId }) => actorId),
      links.map(({ event }) => event),
      links.map(({ hash }) => hash),
    ],
  );
}
