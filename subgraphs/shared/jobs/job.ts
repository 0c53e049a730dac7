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
