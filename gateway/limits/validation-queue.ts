/** Where documents wait that must be measured or validated. */
export interface ValidationQueue {
  /**
   * True: it is this request's turn, and what it does at once has the thread. False: another request had a turn for
   * the same document, which may be known now.
   */
  enter(hash: string): Promise<boolean>;
  /** So many different ones wait that whoever comes should come again. */
  isFull(): boolean;
}

/**
 * Lets new documents through one at a time, and pauses after each for as long as it took.
 *
 * There is one thread: who sends the largest documents there may be over many connections would have all of it. So at
 * least half is left to those whose documents are known. Nobody waits who comes alone.
 */
export function createValidationQueue({
  maxWaiting = 100,
  now = () => performance.now(),
  pause = (ms: number, then: () => void): void => void setTimeout(then, ms),
} = {}): ValidationQueue {
  /** Who waits for each document, the document that came first in front. */
  const waiting = new Map<string, ((isTurn: boolean) => void)[]>();
  let current: string | null = null;

  const start = (hash: string) => {
    current = hash;
    const [first, ...others] = waiting.get(hash) ?? [];
    waiting.delete(hash);
    const startedAt = now();
    first?.(true);
    // What has the turn works before anything else that is due.
    setImmediate(() => {
      for (const other of others) other(false);
      const tookMs = now() - startedAt;
      // A timer is never shorter than this.
      if (tookMs < 1) end();
      else pause(tookMs, end);
    });
  };
  const end = () => {
    current = null;
    const [next] = waiting.keys();
    if (next !== undefined) start(next);
  };
  return {
    enter: (hash) =>
      new Promise((resolve) => {
        const same = waiting.get(hash);
        if (same === undefined) waiting.set(hash, [resolve]);
        else same.push(resolve);
        if (current === null) start(hash);
      }),
    isFull: () => waiting.size >= maxWaiting,
  };
}

/**
 * What `find` knows of a document, at once or after another request's turn; undefined when it is this one's turn.
 *
 * `beforeWaiting` is called each time that it is about to wait.
 */
export async function knownOrQueued<Known>(
  queue: ValidationQueue,
  hash: string,
  find: () => Known | undefined,
  beforeWaiting: () => void = () => undefined,
): Promise<Known | undefined> {
  for (;;) {
    const known = find();
    if (known !== undefined) return known;
    beforeWaiting();
    if (await queue.enter(hash)) return find();
  }
}
