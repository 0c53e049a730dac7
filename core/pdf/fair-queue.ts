import { AppError } from '../errors.ts';

export interface FairQueueOptions {
  /** How many run at once. */
  readonly atOnce: number;
  /** The most entries that wait, of all groups and of one. */
  readonly maxWaiting: number;
  readonly maxWaitingOfOne: number;
}

export interface FairQueue {
  /**
   * Runs work in a queue. Groups alternate, however many entries wait in each.
   *
   * Errors: OVERLOADED if too many wait; the signal's reason if it fires before the work began; the errors of the work.
   */
  run<T>(group: string, work: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

interface Waiting {
  start(): void;
  giveUp(error: unknown): void;
}

/** A queue in which a group with many entries does not delay the other groups. */
export function createFairQueue({ atOnce, maxWaiting, maxWaitingOfOne }: FairQueueOptions): FairQueue {
  /** In the order in which they run next. */
  const groups = new Map<string, Waiting[]>();
  let [running, waiting] = [0, 0];

  const remove = (group: string, entry: Waiting) => {
    const entries = groups.get(group) ?? [];
    entries.splice(entries.indexOf(entry), 1);
    if (entries.length === 0) groups.delete(group);
    waiting--;
  };
  const startNext = () => {
    const [next] = groups;
    if (next === undefined || running >= atOnce) return;
    const [group, entries] = next;
    const [entry] = entries;
    if (entry === undefined) return;
    remove(group, entry);
    // Moves to the end if more of its entries wait.
    if (groups.delete(group)) groups.set(group, entries);
    entry.start();
  };
  /** The group with the most entries loses its last one to a group with fewer. */
  const makeRoom = (group: string) => {
    const [longest, entries] = [...groups].reduce((a, b) => (b[1].length > a[1].length ? b : a), [group, []]);
    const last = entries.at(-1);
    if (last === undefined || entries.length <= (groups.get(group)?.length ?? 0) + 1) throw overloaded();
    remove(longest, last);
    last.giveUp(overloaded());
  };
  const takePlace = (group: string, signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const entry: Waiting = {
        start: () => {
          signal.removeEventListener('abort', onAbort);
          running++;
          resolve();
        },
        giveUp: (error) => {
          signal.removeEventListener('abort', onAbort);
          reject(error);
        },
      };
      const onAbort = () => {
        remove(group, entry);
        reject(signal.reason);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      groups.set(group, [...(groups.get(group) ?? []), entry]);
      waiting++;
    });

  return {
    async run(group, work, signal) {
      signal.throwIfAborted();
      if (running < atOnce) running++;
      else {
        if ((groups.get(group)?.length ?? 0) >= maxWaitingOfOne) throw overloaded();
        if (waiting >= maxWaiting) makeRoom(group);
        await takePlace(group, signal);
      }
      try {
        return await work();
      } finally {
        running--;
        startNext();
      }
    },
  };
}

function overloaded(): AppError {
  return new AppError('OVERLOADED', 'Too many documents are being made. Try again shortly.');
}
