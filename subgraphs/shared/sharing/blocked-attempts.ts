import type { DataSource } from 'typeorm';
import { type AttemptRow, readAttempts } from '../audit/audit.store.ts';
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
