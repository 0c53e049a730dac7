import type { EntityManager } from 'typeorm';
import type { Services } from '../request-context.ts';

/** Work that continues after the answer, in a worker process. */
export interface JobDefinition {
  /** Shape: `practices.register`. */
  readonly queue: string;
  /** How many keys one process works on at the same time. */
  readonly concurrency: number;
  /** Time limit of one run; after it the job is started again, as after a crash. */
  readonly timeoutMs: number;
  /**
   * Does the work that is due for a key; returns when to look again, or null if nothing is left to do.
   *
   * May run twice for one key, also concurrently, and may die on any line: its writes must allow that. A job that
   * throws is retried after a pause.
   */
  run(services: Services, key: string, signal: AbortSignal): Promise<Date | null>;
}

/** The queue, for code that has work for it. */
export interface Jobs {
  /**
   * Queues a key, for now or later, in the transaction of `manager`: the job exists if and only if the transaction
   * commits. A key is queued once; queueing it again sets the new time.
   */
  add(manager: EntityManager, queue: string, key: string, runAt?: Date): Promise<void>;
}
