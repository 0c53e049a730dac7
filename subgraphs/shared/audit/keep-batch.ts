import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { insertChildRows, insertLinks, takePending } from './audit.store.ts';
import type { AuditKey } from './audit-keys.ts';
import { type AnchorLink, type Head, type Link, type LinkedEvent, linksAfter } from './chain.ts';
import { type ChildRow, childRowsOf, personsIn, toLinkedEvent } from './link-events.ts';
import { gatherRequests } from './merge-events.ts';
import { type Mark, type NotedEvent, noteEvent } from './noted-event.ts';
import { pseudonymsOf } from './persons.ts';

export interface Batch {
  readonly chain: string;
  readonly head: Head;
  readonly key: AuditKey;
  /** Links of the trail's own, which come first. */
  readonly own: readonly AnchorLink[];
  readonly batch: readonly NotedEvent[];
  readonly batchSize: number;
}

/** One transaction: what waits here, and what writes left behind, become links. Answers the chain's new end. */
export function keepBatch(
  database: DataSource,
  { chain, head, key, own, batch, batchSize }: Batch,
): Promise<{ readonly head: Head; readonly pending: number }> {
  return database.transaction(async (manager) => {
    const pending = await notePending(manager, batchSize, key.mark);
    const events = gatherRequests([...batch, ...pending], key.mark);
    const pseudonyms = await pseudonymsOf(manager, personsIn(events));
    const linked = events.map((event) => toLinkedEvent(event, pseudonyms, key.mark));
    const links = linksAfter(head, [...own, ...linked], key);
    const last = links.at(-1);
    if (last === undefined) return { head, pending: 0 };
    await insertLinks(manager, chain, links);
    await insertChildren(manager, chain, links.slice(own.length), linked);
    return { head: { sequence: last.sequence, hash: last.hash }, pending: pending.length };
  });
}

async function notePending(
  manager: EntityManager,
  batchSize: number,
  mark: Mark,
): Promise<readonly NotedEvent[]> {
  const rows = await takePending(manager, batchSize);
  return rows.flatMap(({ at, event }) => {
    if (!('did' in event)) return noteEvent({ ...event, auditId: randomUUID() }, at.toISOString(), mark);
    const { action, subjectIds, ...noted } = event;
    return [noted];
  });
}

async function insertChildren(
  manager: EntityManager,
  chain: string,
  links: readonly Link[],
  events: readonly LinkedEvent[],
): Promise<void> {
  const rows: (ChildRow & { readonly sequence: number })[] = events.flatMap((event, position) =>
    childRowsOf(event).map((row) => ({ sequence: links[position]?.sequence ?? 0, ...row })),
  );
  if (rows.length === 0) return;
  await insertChildRows(manager, chain, rows);
}
