import type { EntityManager } from 'typeorm';
import type { Services } from '../request-context.ts';

/** Work that goes on after the answer, as a worker process does it. */
export interface JobDefinition {
  /** Shape: `practices.register`. */
  readonly queue: string;
  /** How many keys are worked on at once in a process. */
  readonly concurrency: number;
  /** The longest that one run may take; it is started again after that, as after a crash. */
  readonly timeoutMs: number;
  /**
   * Does what is due for a key; answers when to look again, null when nothing is left to do.
   *
   * May come twice for one key, also at the same time, and may die on any line: what it writes must bear that.
   * What throws is tried again after a while.
   */
  run(services: Services, key: string, signal: AbortSignal): Promise<Date | null>;
}

/** The queue as those see it who have work for it. */
export interface Jobs {
  /**
   * Asks for a key to be worked on, now or later, in the transaction of `manager`: the job is there if and only if
   * the transaction is. A key waits once; asked for again it takes the new time.
   */
  add(manager: EntityManager, queue: string, key: string, runAt?: Date): Promise<void>;
}
