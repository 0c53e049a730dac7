import type { EntityManager } from 'typeorm';
import { lockName } from '../../shared/lock-name.ts';
import { bytesOf } from '../../shared/records/filing.store.ts';
import { PracticeEntity } from '../records/practice.entity.ts';

// Limits of one person: far more than a family needs, and few enough that nobody can fill the disk.

/** Drafts that were neither filed nor discarded. */
export const mostDrafts = 20;

/** Bytes of files not yet filed, and of all files of the last thirty days. */
export const mostStoredBytes = 200 * 1024 * 1024;
const countedDays = 30;

/** Serialises the transactions of one person that count and add. */
export function lockPerson(manager: EntityManager, applicant: string): Promise<void> {
  return lockName(manager, `quota ${applicant}`);
}

/** Call it after `lockPerson`. */
export async function hasTooManyDrafts(manager: EntityManager, applicant: string): Promise<boolean> {
  return (await manager.countBy(PracticeEntity, { applicant, status: 'DRAFT' })) >= mostDrafts;
}

/** Whether so many more bytes exceed the limit. Call it after `lockPerson`. */
export async function isOverQuota(
  manager: EntityManager,
  applicant: string,
  moreBytes: number,
  now: Date,
): Promise<boolean> {
  const since = new Date(now.getTime() - countedDays * 24 * 3_600_000);
  return (await bytesOf(manager, applicant, since)) + moreBytes > mostStoredBytes;
}
