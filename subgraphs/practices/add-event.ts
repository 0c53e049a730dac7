import type { EntityManager } from 'typeorm';
import { PracticeEntity, PracticeEventEntity } from './practice.entity.ts';
import type { PracticeStatus } from './practice-status.type.ts';

export interface Milestone {
  readonly at: Date;
  readonly status: PracticeStatus;
  readonly note: string | null;
}

/** Adds a milestone to a practice whose row the transaction has locked; `becomesStatus` when it is also what the practice is now. */
export async function addEvent(
  manager: EntityManager,
  { id }: Pick<PracticeEntity, 'id'>,
  milestone: Milestone,
  becomesStatus: boolean,
): Promise<void> {
  const last = await manager.maximum(PracticeEventEntity, 'sequence', { practiceId: id });
  await manager.insert(PracticeEventEntity, { practiceId: id, sequence: (last ?? 0) + 1, ...milestone });
  const change = becomesStatus ? { status: milestone.status } : {};
  await manager.update(PracticeEntity, { id }, { ...change, updatedAt: milestone.at });
}
