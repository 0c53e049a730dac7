import type { EntityManager } from 'typeorm';
import { insertEvent } from '../../shared/records/filing.store.ts';
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
  await insertEvent(manager, id, milestone);
  const change = becomesStatus ? { status: milestone.status } : {};
  await manager.update(PracticeEntity, { id }, { ...change, updatedAt: milestone.at });
}
