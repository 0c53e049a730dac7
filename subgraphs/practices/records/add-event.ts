import type { EntityManager } from 'typeorm';
import { PracticeEntity } from './practice.entity.ts';
import type { PracticeStatus } from './practice-status.type.ts';

export interface Milestone {
  readonly at: Date;
  readonly status: PracticeStatus;
  readonly note: string | null;
}

/**
 * Adds a milestone to a practice whose row the transaction has locked; `becomesStatus` if the practice's status
 * changes to it.
 */
export async function addEvent(
  manager: EntityManager,
  { id }: Pick<PracticeEntity, 'id'>,
  milestone: Milestone,
  becomesStatus: boolean,
): Promise<void> {
  const { at, status, note } = milestone;
  await manager.query(
    `INSERT INTO practice_event (practice_id, sequence, at, status, note)
     SELECT $1, coalesce(max(sequence), 0) + 1, $2, $3, $4 FROM practice_event WHERE practice_id = $1`,
    [id, at, status, note],
  );
  const change = becomesStatus ? { status: milestone.status } : {};
  await manager.update(PracticeEntity, { id }, { ...change, updatedAt: milestone.at });
}
