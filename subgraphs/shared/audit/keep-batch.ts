import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import type { AuditEvent } from '../../../core/audit.ts';
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
    const pending = await takePending(manager, batchSize, key.mark);
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

interface PendingRow {
  readonly at: Date;
  /** Of a process of before: an event that was not looked at yet. */
  readonly event: NotedEvent | AuditEvent;
}

async function takePending(
  manager: EntityManager,
  batchSize: number,
  mark: Mark,
): Promise<readonly NotedEvent[]> {
  const [rows] = await manager.query<[PendingRow[], number]>(
    `DELETE FROM audit_pending WHERE id IN
       (SELECT id FROM audit_pending ORDER BY id LIMIT ${batchSize} FOR UPDATE SKIP LOCKED) RETURNING id, at, event`,
  );
  return rows.flatMap(({ at, event }) =>
    'did' in event ? [event] : noteEvent({ ...event, auditId: randomUUID() }, at.toISOString(), mark),
  );
}

async function insertLinks(manager: EntityManager, chain: string, links: readonly Link[]): Promise<void> {
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

/** As JSON, for the lists that rows have: `unnest` takes lists of lists apart. */
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
  await manager.query(
    `INSERT INTO audit_child (chain, sequence, child, day, actor_kind, actor_id, relation, is_refused, actions, times)
     SELECT $1, r.sequence, r.child, r.day, r."actorKind", r."actorId", r.relation, r."isRefused", r.actions, r.times
     FROM jsonb_to_recordset($2::jsonb) AS r(sequence bigint, child text, day date, "actorKind" text, "actorId" text,
       relation text, "isRefused" boolean, actions text[], times integer[])`,
    [chain, JSON.stringify(rows)],
  );
}
