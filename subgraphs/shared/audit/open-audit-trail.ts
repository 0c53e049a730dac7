import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import type { AuditStream } from '../../../core/audit.ts';
import type { Clock } from '../../../core/clock.ts';
import type { Log } from '../../../core/log.ts';
import { anchorLinks, endsOfOthers, openingLinks } from './anchors.ts';
import { insertPending, readEnd } from './audit.store.ts';
import type { AuditKeys } from './audit-keys.ts';
import { type Anchor, type AnchorLink, type Head, startOf } from './chain.ts';
import { keepBatch } from './keep-batch.ts';
import { type NotedEvent, noteEvent } from './noted-event.ts';
import { RepeatedEvents } from './repeated-events.ts';

export interface AuditTrail extends AuditStream {
  /** Keeps what is waiting. */
  flush(): Promise<void>;
}

export interface AuditTrailOptions {
  readonly database: DataSource;
  readonly keys: AuditKeys;
  readonly clock: Clock;
  readonly log: Log;
}

const flushMs = 250;
/** How often to look for events of writes whose process died before it linked them. */
const sweepMs = 5_000;
/** How often the ends of other chains are written into this one. */
const anchorMs = 3_600_000;
const batchSize = 1_000;
/** The most events that wait in memory; further ones go to the log. */
const maxWaiting = 20_000;

/**
 * The table of what was done to personal data: a chain of hashes a process, to which links are only added.
 *
 * Reads are collected in memory and stored four times a second: requests do not wait, and a process that is
 * killed loses at most those of a quarter of a second, and what one caller repeated within ten. Writes leave their
 * events in their own transaction; they are linked into the chain of whichever process comes first.
 */
export function openAuditTrail({ database, keys, clock, log }: AuditTrailOptions): AuditTrail {
  const key = keys.current;
  const chain = randomUUID();
  let head: Head = startOf(chain, key);
  let waiting: NotedEvent[] = [];
  const repeated = new RepeatedEvents(key.mark);
  let running: Promise<void> = Promise.resolve();
  /** How many of `waiting` went into a transaction of which nobody knows whether it was kept. */
  let inDoubt: number | null = null;
  let hasPending = true;
  const anchors = watchAnchors({ database, clock, log, key, chain });

  const isOpen = () => head.sequence > 0;

  const link = async () => {
    if (inDoubt !== null) await settleDoubt(inDoubt);
    for (let isMore = true; isMore; ) {
      const batch = waiting.slice(0, batchSize);
      const own = await anchors.links(isOpen());
      if (batch.length === 0 && own.length === 0 && !hasPending) return;
      inDoubt = batch.length;
      const next = await keepBatch(database, { chain, head, key, own, batch, batchSize });
      inDoubt = null;
      if (next.head.sequence > head.sequence) log.info('audit.head', { chain, ...next.head });
      head = next.head;
      waiting = waiting.slice(batch.length);
      hasPending = next.pending === batchSize;
      // What came meanwhile waits for the next time: under load each round would find another event or two.
      isMore = hasPending || waiting.length >= batchSize;
    }
  };

  /** Finds out from the chain's end whether the last batch was stored. */
  const settleDoubt = async (count: number) => {
    const kept = (await readEnd(database, chain)) ?? startOf(chain, key);
    // The batch is one transaction: either all of it is there or nothing.
    if (kept.sequence > head.sequence) waiting = waiting.slice(count);
    head = kept;
    inDoubt = null;
  };

  const flush = () => {
    waiting.push(...repeated.takeDue(performance.now()));
    running = running.then(link).catch((error: unknown) => {
      log.error('audit.unkept', { waiting: waiting.length, error });
      for (const event of waiting.splice(inDoubt ?? 0, Math.max(0, waiting.length - maxWaiting)))
        log.error('audit.event', { ...event });
    });
    return running;
  };

  const isDue = () =>
    waiting.length > 0 || hasPending || !isOpen() || anchors.isDue() || repeated.isDue(performance.now());
  const timers = [
    setInterval(() => void (isDue() && flush()), flushMs).unref(),
    setInterval(() => {
      hasPending = true;
    }, sweepMs).unref(),
  ];
  const note = (event: Parameters<AuditStream['record']>[0]) =>
    noteEvent(event, clock.now().toISOString(), key.mark);

  return {
    record(event) {
      for (const one of note(event)) waiting.push(...repeated.add(one, performance.now()));
    },
    async recordIn(manager: EntityManager, event) {
      for (const one of note(event)) await insertPending(manager, one);
      hasPending = true;
    },
    flush,
    async close() {
      for (const timer of timers) clearInterval(timer);
      waiting.push(...repeated.takeAll());
      await flush();
      if (waiting.length > 0) await flush();
    },
  };
}

/** The ends of other chains that this one is to hold. */
function watchAnchors({
  database,
  clock,
  log,
  key,
  chain,
}: Pick<AuditTrailOptions, 'database' | 'clock' | 'log'> & {
  readonly key: AuditKeys['current'];
  readonly chain: string;
}) {
  /** Ends of other chains as they were last written down here. */
  const anchored = new Map<string, number>();
  let anchoredAtMs = Number.NEGATIVE_INFINITY;

  const isDue = () => performance.now() - anchoredAtMs >= anchorMs;

  /** Links of the trail's own: the first ones of the chain, and the ends of others now and then. */
  const links = async (isOpen: boolean): Promise<readonly AnchorLink[]> => {
    if (isOpen && !isDue()) return [];
    const at = clock.now().toISOString();
    const ends = await endsOfOthers(database, chain).catch((error: unknown): readonly Anchor[] => {
      // Recording events matters more than their anchor, which proves that none was removed: the next hour is soon enough.
      log.error('audit.unanchored', { error });
      return [];
    });
    const news = ends.filter((end) => anchored.get(end.chain) !== end.sequence);
    for (const end of news) anchored.set(end.chain, end.sequence);
    anchoredAtMs = performance.now();
    return isOpen ? anchorLinks(at, news) : openingLinks(key.id, at, ends);
  };

  return { isDue, links };
}
