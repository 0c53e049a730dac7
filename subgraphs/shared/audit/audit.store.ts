import type { DataSource, EntityManager } from 'typeorm';
import type { AuditEvent } from '../../../core/audit.ts';
import type { Anchor, Head, Link } from './chain.ts';
import type { LinkKey, LinkRow } from './finding.ts';
import type { ChildRow } from './link-events.ts';
import type { NotedAction, NotedEvent } from './noted-event.ts';

// The audit trail's statements, except those about persons and about the log of one child.

export const eventTable = 'audit_event';
export const childTable = 'audit_child';

export interface ChainEnd extends Anchor {
  readonly is_keyed: boolean;
}

/** The ends of all chains but one, the most lately used first. */
export function readOtherEnds(database: DataSource, chain: string): Promise<readonly ChainEnd[]> {
  return database.query(endsOfOtherChains, [chain]);
}

/** Looks each chain up by its name, of which there are few, and not through its events. */
const endsOfOtherChains = `
  WITH RECURSIVE chains AS (
    (SELECT chain FROM audit_event ORDER BY chain LIMIT 1)
    UNION ALL
    SELECT (SELECT e.chain FROM audit_event e WHERE e.chain > c.chain ORDER BY e.chain LIMIT 1)
    FROM chains c WHERE c.chain IS NOT NULL
  )
  SELECT c.chain, ends.sequence::float8 AS sequence, ends.hash, starts.event LIKE '{"v":2,"open":{"key":%' AS is_keyed
  FROM chains c
  CROSS JOIN LATERAL (
    SELECT sequence, hash, at FROM audit_event WHERE chain = c.chain ORDER BY sequence DESC LIMIT 1) ends
  CROSS JOIN LATERAL (
    SELECT event FROM audit_event WHERE chain = c.chain ORDER BY sequence LIMIT 1) starts
  WHERE c.chain IS NOT NULL AND c.chain <> $1
  ORDER BY ends.at DESC, c.chain`;

export async function readEnd(database: DataSource, chain: string): Promise<Head | null> {
  const [row = null] = await database.query<Head[]>(
    'SELECT sequence::float8 AS sequence, hash FROM audit_event WHERE chain = $1 ORDER BY sequence DESC LIMIT 1',
    [chain],
  );
  return row;
}

/**
 * Stores an event in the transaction of the write that it is about. Whichever process comes first takes it, also one of the
 * version before, which knows one action an event, by these two names.
 */
export async function insertPending(manager: EntityManager, event: NotedEvent): Promise<void> {
  const [done] = event.did;
  const ofBefore = { action: done?.action, subjectIds: done === undefined ? [] : subjectsOf(event, done) };
  await manager.query('INSERT INTO audit_pending (at, event) VALUES ($1, $2)', [
    event.at,
    JSON.stringify({ ...event, ...ofBefore }),
  ]);
}

function subjectsOf({ actor }: NotedEvent, { ids, children, isAboutActor }: NotedAction): readonly string[] {
  return [...(isAboutActor && actor.id !== null ? [actor.id] : []), ...ids, ...Object.keys(children)];
}

export interface PendingRow {
  readonly at: Date;
  /** Of a process of before: an event that was not looked at yet. */
  readonly event: (NotedEvent & Partial<AuditEvent>) | AuditEvent;
}

/** Removes the oldest events that writes left behind, and returns them. */
export async function takePending(manager: EntityManager, most: number): Promise<readonly PendingRow[]> {
  const [rows] = await manager.query<[PendingRow[], number]>(
    `DELETE FROM audit_pending WHERE id IN
       (SELECT id FROM audit_pending ORDER BY id LIMIT ${most} FOR UPDATE SKIP LOCKED) RETURNING id, at, event`,
  );
  return rows;
}

export async function countPending(database: DataSource): Promise<number> {
  const [{ pending }] = await database.query<[{ pending: number }]>(
    'SELECT count(*)::float8 AS pending FROM audit_pending',
  );
  return pending;
}

export async function insertLinks(
  manager: EntityManager,
  chain: string,
  links: readonly Link[],
): Promise<void> {
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
export async function insertChildRows(
  manager: EntityManager,
  chain: string,
  rows: readonly (ChildRow & { readonly sequence: number })[],
): Promise<void> {
  await manager.query(
    `INSERT INTO audit_child (chain, sequence, child, day, actor_kind, actor_id, relation, is_refused, actions, times)
     SELECT $1, r.sequence, r.child, r.day, r."actorKind", r."actorId", r.relation, r."isRefused", r.actions, r.times
     FROM jsonb_to_recordset($2::jsonb) AS r(sequence bigint, child text, day date, "actorKind" text, "actorId" text,
       relation text, "isRefused" boolean, actions text[], times integer[])`,
    [chain, JSON.stringify(rows)],
  );
}

export interface StoredChildRow extends ChildRow {
  readonly chain: string;
  readonly sequence: number;
}

/** The rows by child from behind a link to another one, or to the end of all. */
export function readChildRows(
  database: DataSource,
  after: LinkKey,
  last: LinkKey | null,
): Promise<readonly StoredChildRow[]> {
  return database.query(
    `SELECT chain, sequence::float8 AS sequence, child, day::text AS day, actor_kind AS "actorKind",
       actor_id AS "actorId", relation, is_refused AS "isRefused", actions, times
     FROM audit_child WHERE (chain, sequence) > ($1::uuid, $2::bigint)
       AND ($3::uuid IS NULL OR (chain, sequence) <= ($3::uuid, $4::bigint))
     ORDER BY chain, sequence, child COLLATE "C"`,
    [after.chain, after.sequence, last?.chain ?? null, last?.sequence ?? null],
  );
}

/** Those of these ends that are not stored as they are given. */
export function readMissing(
  database: DataSource,
  ends: readonly Anchor[],
): Promise<readonly { readonly chain: string; readonly sequence: number; readonly is_there: boolean }[]> {
  return database.query(
    `SELECT DISTINCT w.chain, w.sequence::float8 AS sequence, e.hash IS NOT NULL AS is_there
     FROM unnest($1::uuid[], $2::bigint[], $3::text[]) AS w(chain, sequence, hash)
     LEFT JOIN audit_event e ON e.chain = w.chain AND e.sequence = w.sequence
     WHERE e.hash IS DISTINCT FROM w.hash ORDER BY 1, 2`,
    [ends.map(({ chain }) => chain), ends.map(({ sequence }) => sequence), ends.map(({ hash }) => hash)],
  );
}

/** The links behind one, in the order of their chains. */
export function readLinks(database: DataSource, after: LinkKey, most: number): Promise<readonly LinkRow[]> {
  return database.query(
    `SELECT chain, sequence::float8 AS sequence, at, actor_id, event, hash FROM audit_event
     WHERE (chain, sequence) > ($1::uuid, $2::bigint) ORDER BY chain, sequence LIMIT ${most}`,
    [after.chain, after.sequence],
  );
}

/** Refused requests of one actor by action, and whether they named the child. */
export interface AttemptRow {
  readonly position: number;
  readonly action: string;
  readonly times: number;
  readonly isOfChild: boolean;
  readonly lastAt: Date;
}

/** Refused requests of actors since a time. `asked`: `position`, `actor`, `children` and `since` of each. */
export function readAttempts(
  database: DataSource,
  asked: readonly unknown[],
): Promise<readonly AttemptRow[]> {
  return database.query(
    `SELECT b.position, d->>'action' AS action, coalesce(d->'children' ?| b.children, false) AS "isOfChild",
       sum(coalesce((d->>'times')::int, 1))::float8 AS times, max(coalesce((r.event->>'until')::timestamptz, r.at)) AS "lastAt"
     FROM jsonb_to_recordset($1::jsonb) AS b (position int, actor text, children text[], since timestamptz)
       JOIN LATERAL (SELECT at, audit_json(event) AS event FROM audit_event
         WHERE actor_id = b.actor AND at >= b.since OFFSET 0) r ON r.event->>'outcome' = 'refused'
       CROSS JOIN LATERAL jsonb_array_elements(r.event->'did') AS d
     GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    [JSON.stringify(asked)],
  );
}
