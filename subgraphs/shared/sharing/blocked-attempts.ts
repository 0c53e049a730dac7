import type { DataSource } from 'typeorm';
import { pseudonymsIn } from '../audit/persons.ts';
import { childId } from '../family.ts';
import type { ProtectionBlock } from './protection.ts';

/** Refused requests of a blocked person since the block, as the audit trail has them. */
export interface BlockedAttempts {
  /** Requests that named the child, by action. Shape: `{ 'Child.read': 3 }`. */
  readonly ofChild: Readonly<Record<string, number>>;
  /** Requests for anything else: an invoice or a notice of this child is refused without being read. */
  readonly others: number;
  readonly lastAt: Date | null;
}

interface AttemptRow {
  readonly position: number;
  readonly action: string;
  readonly times: number;
  readonly isOfChild: boolean;
  readonly lastAt: Date;
}

/**
 * By block. An attempt appears within seconds; what one person is refused by the same action within ten seconds is counted
 * together, for this child as soon as one request named it.
 */
export async function attemptsOf(
  database: DataSource,
  blocks: readonly ProtectionBlock[],
  personIdsOf: (code: string) => readonly string[],
): Promise<readonly BlockedAttempts[]> {
  const childrenOf = ({ childKeys }: ProtectionBlock) =>
    childKeys.map((key) => childId({ key: key as never }));
  const pseudonyms = await pseudonymsIn(
    database.manager,
    blocks.flatMap((block) => [...personIdsOf(block.person), ...childrenOf(block)]),
  );
  const asked = blocks.flatMap((block, position) => {
    // Those of several ids are one, unless the person was not seen since a rotation.
    const [actor] = personIdsOf(block.person).flatMap((id) => pseudonyms.get(id) ?? []);
    const children = childrenOf(block).flatMap((child) => pseudonyms.get(child) ?? []);
    return actor === undefined ? [] : [{ position, actor, children, since: block.since }];
  });
  const rows = asked.length === 0 ? [] : await readAttempts(database, asked);
  return blocks.map((_, position) => toAttempts(rows.filter((row) => row.position === position)));
}

function readAttempts(database: DataSource, asked: readonly unknown[]): Promise<readonly AttemptRow[]> {
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

function toAttempts(rows: readonly AttemptRow[]): BlockedAttempts {
  const ofChild = rows.filter(({ isOfChild }) => isOfChild);
  const others = rows.filter(({ isOfChild }) => !isOfChild);
  const last = Math.max(...rows.map(({ lastAt }) => lastAt.getTime()));
  return {
    ofChild: Object.fromEntries(ofChild.map(({ action, times }) => [action, times])),
    others: others.reduce((sum, { times }) => sum + times, 0),
    lastAt: rows.length === 0 ? null : new Date(last),
  };
}
