/** A queue of documents that must be measured or validated. */
export interface ValidationQueue {
  /**
   * True: the turn is this request's, and its synchronous work has the thread. False: another request had a turn
   * for the same document, which may be known now.
   */
  enter(hash: string): Promise<boolean>;
  /** Thrown when so many different documents wait that the client should try again later. */
  isFull(): boolean;
}

/**
 * Lets new documents through one at a time, and pauses after each for as long as its turn took.
 *
 * There is one thread: a client that sends the largest documents over many connections would take all of it. The
 * pauses leave at least half of it to requests whose documents are known. A single request never waits.
 */
export function createValidationQueue({
  maxWaiting = 100,
  now = () => performance.now(),
  pause = (ms: number, then: () => void): void => void setTimeout(then, ms),
} = {}): ValidationQueue {
  /** The requests that wait for each document, the oldest document first. */
  const waiting = new Map<string, ((isTurn: boolean) => void)[]>();
  let current: string | null = null;

  const start = (hash: string) => {
    current = hash;
    const [first, ...others] = waiting.get(hash) ?? [];
    waiting.delete(hash);
    const startedAt = now();
    first?.(true);
    // The request with the turn runs before any other callback.
    setImmediate(() => {
      for (const other of others) other(false);
      const tookMs = now() - startedAt;
      // Timers have a minimum of one millisecond.
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
 * The result of `find` for a document, at once or after another request's turn; undefined if this request has the
 * turn.
 *
 * `beforeWaiting` is called before each wait.
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
