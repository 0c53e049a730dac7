import { AppError } from '../errors.ts';

export interface FairQueueOptions {
  /** How many run at once. */
  readonly atOnce: number;
  /** How many wait at most, of all lanes and of one. */
  readonly maxWaiting: number;
  readonly maxWaitingOfOne: number;
}

export interface FairQueue {
  /**
   * Runs work when it is the lane's turn. Lanes take turns, however many wait in each.
   *
   * Errors: OVERLOADED when too many wait; the signal's reason when it fires before the work began; whatever the work
   * throws.
   */
  run<T>(lane: string, work: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

interface Waiting {
  start(): void;
  giveUp(error: unknown): void;
}

/** A queue in which nobody waits longer because somebody else asks for more. */
export function createFairQueue({ atOnce, maxWaiting, maxWaitingOfOne }: FairQueueOptions): FairQueue {
  /** In the order of their turns. */
  const lanes = new Map<string, Waiting[]>();
  let [running, waiting] = [0, 0];

  const remove = (lane: string, entry: Waiting) => {
    const entries = lanes.get(lane) ?? [];
    entries.splice(entries.indexOf(entry), 1);
    if (entries.length === 0) lanes.delete(lane);
    waiting--;
  };
  const startNext = () => {
    const [turn] = lanes;
    if (turn === undefined || running >= atOnce) return;
    const [lane, entries] = turn;
    const [entry] = entries;
    if (entry === undefined) return;
    remove(lane, entry);
    // To the end, if more of it wait.
    if (lanes.delete(lane)) lanes.set(lane, entries);
    entry.start();
  };
  /** The lane with most waiting gives its last place up to a lane that has fewer. */
  const makeRoom = (lane: string) => {
    const [longest, entries] = [...lanes].reduce((a, b) => (b[1].length > a[1].length ? b : a), [lane, []]);
    const last = entries.at(-1);
    if (last === undefined || entries.length <= (lanes.get(lane)?.length ?? 0) + 1) throw overloaded();
    remove(longest, last);
    last.giveUp(overloaded());
  };
  const takePlace = (lane: string, signal: AbortSignal) =>
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
        remove(lane, entry);
        reject(signal.reason);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      lanes.set(lane, [...(lanes.get(lane) ?? []), entry]);
      waiting++;
    });

  return {
    async run(lane, work, signal) {
      signal.throwIfAborted();
      if (running < atOnce) running++;
      else {
        if ((lanes.get(lane)?.length ?? 0) >= maxWaitingOfOne) throw overloaded();
        if (waiting >= maxWaiting) makeRoom(lane);
        await takePlace(lane, signal);
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
