export interface RetryOptions {
  readonly fetch: typeof fetch;
  /** Further tries after the first. */
  readonly retries: number;
  /** Longest time to wait before one try; a longer `Retry-After` ends the tries. */
  readonly longestWaitMs: number;
  /** Longest time of one try. None by default. */
  readonly timeoutMs?: number | undefined;
}

const firstWaitMs = 300;

/** Too many requests, and what a proxy answers whose server has died, is stopping, or is late. */
const passing: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/**
 * Repeats requests without an answer, and those answered 429, 502, 503 or 504, after `Retry-After` or growing pauses.
 *
 * Every operation of the API can be repeated: its idempotency key is in the body, which stays the same.
 */
export function retryingFetch(options: RetryOptions): typeof fetch {
  const { fetch: plainFetch, retries, longestWaitMs, timeoutMs } = options;
  const send: typeof fetch = (target, init) => {
    if (timeoutMs === undefined) return plainFetch(target, init);
    return plainFetch(target, { ...init, signal: eitherOf(AbortSignal.timeout(timeoutMs), init?.signal) });
  };
  return async (target, init) => {
    for (let attempt = 0; ; attempt++) {
      const isLast = attempt >= retries;
      try {
        const response = await send(target, init);
        if (isLast || !passing.has(response.status)) return response;
        const waitMs = retryAfterMs(response) ?? pauseOf(attempt);
        if (waitMs > longestWaitMs) return response;
        await response.body?.cancel();
        await pause(waitMs, init?.signal);
      } catch (error) {
        if (isLast || init?.signal?.aborted) throw error;
        await pause(pauseOf(attempt), init?.signal);
      }
    }
  };
}

/** Reads each answer to its end: one that breaks off is no answer, and fails. For answers that fit into memory. */
export function wholeAnswers(plainFetch: typeof fetch): typeof fetch {
  return async (target, init) => {
    const response = await plainFetch(target, init);
    const text = await response.text();
    // Of 204 and the like the standard takes no body, not even an empty one.
    return new Response(text === '' ? null : text, response);
  };
}

/** `AbortSignal.any`, which browsers before 2024 lack. */
function eitherOf(...signals: readonly (AbortSignal | null | undefined)[]): AbortSignal {
  const controller = new AbortController();
  for (const signal of signals) {
    if (signal?.aborted) controller.abort(signal.reason);
    signal?.addEventListener('abort', () => controller.abort(signal.reason), { once: true });
  }
  return controller.signal;
}

/** How long to wait after the first try (0), the second and so on, without a `Retry-After`. */
export function pauseOf(attempt: number): number {
  return firstWaitMs * 2 ** attempt * (1 + Math.random() / 4);
}

/** Seconds or a date, as RFC 9110 has it. */
export function retryAfterMs({ headers }: Response): number | null {
  const text = headers.get('retry-after');
  if (text === null) return null;
  const milliseconds = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - Date.now();
  return Number.isNaN(milliseconds) ? null : Math.max(0, milliseconds);
}

/** Errors: the signal's reason. */
export function pause(milliseconds: number, signal?: AbortSignal | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}
