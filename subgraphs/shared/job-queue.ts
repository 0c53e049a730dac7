import type { EntityManager } from 'typeorm';

/** The queue, for code that has work for it. */
export interface Jobs {
  /**
   * Queues a key, for now or later, in the transaction of `manager`: the job exists if and only if the transaction
   * commits. A key is queued once; queueing it again sets the new time.
   */
  add(manager: EntityManager, queue: string, key: string, runAt?: Date): Promise<void>;
}
