import {
  BrokenCircuitError,
  BulkheadRejectedError,
  bulkhead,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
} from 'cockatiel';
import { remainingMs } from './budget.ts';

/** Limits the calls to one counterpart, so that nothing else fails while it is slow, broken or gone. */
export interface Guard {
  readonly name: string;
  /**
   * Calls the counterpart: `work` is to stop when its signal fires, and is not waited for any longer.
   *
   * `again`: how often a call is repeated within the time after a failure for which `isFailure` holds. Default 0,
   * and always 0 for writes. Errors: CallFailed; whatever else `work` throws.
   */
  run<T>(work: (signal: AbortSignal) => Promise<T>, options?: { readonly again?: number }): Promise<T>;
  readonly state: GuardState;
}

export type GuardState = 'closed' | 'open' | 'half-open';

export interface GuardOptions {
  /** Of the counterpart, for logs and metrics. Shape: `subgraph payments`. */
  readonly name: string;
  /** The longest that one call may take, waiting for its place included; the request's budget may end it earlier. */
  readonly timeoutMs: number;
  /** How many calls run at once; how many more wait for a place. */
  readonly maxAtOnce: number;
  readonly maxWaiting: number;
  /** Whether an error of a call speaks of the counterpart's health: it is retried, and counts for the breaker. */
  readonly isFailure: (error: unknown) => boolean;
  /** Failures in a row after which nothing is sent for `pauseMs`; then one call tries, for `trialMs` at most. */
  readonly breakAfter?: number;
  readonly pauseMs?: number;
  readonly trialMs?: number;
  readonly watch?: GuardWatch;
}

/** Sees what a guard does: metrics and logs. */
export interface GuardWatch {
  called?(name: string, outcome: 'ok' | 'failed' | CallFailure, ms: number): void;
  changed?(name: string, state: GuardState): void;
  /** Does the work itself, as a part of a trace. */
  around?<T>(name: string, work: () => Promise<T>): Promise<T>;
}

/**
 * `timeout`: no answer in time. `open`: it failed too often just now and was not asked. `full`: too many wait for it.
 */
export type CallFailure = 'timeout' | 'open' | 'full';

/** The call was given up, or not made at all. */
export class CallFailed extends Error {
  override readonly name = 'CallFailed';
  constructor(
    readonly reason: CallFailure,
    counterpart: string,
  ) {
    super(`${counterpart}: ${reason}`);
  }
}

const betweenTriesMs = 30;

/**
 * Time limit, circuit breaker and bulkhead for one counterpart, of the library cockatiel. One a counterpart and
 * process.
 */
export function createGuard({
  name,
  timeoutMs,
  maxAtOnce,
  maxWaiting,
  isFailure,
  breakAfter = 5,
  pauseMs = 2_000,
  trialMs = 1_000,
  watch = {},
}: GuardOptions): Guard {
  const speaksOfHealth = (error: unknown) =>
    error instanceof CallFailed ? error.reason === 'timeout' : isFailure(error);
  const breaker = circuitBreaker(handleWhen(speaksOfHealth), {
    halfOpenAfter: pauseMs,
    breaker: new ConsecutiveBreaker(breakAfter),
  });
  const places = bulkhead(maxAtOnce, maxWaiting);
  const { around = (_name, work) => work() }: GuardWatch = watch;
  if (watch.changed) breaker.onStateChange((state) => watch.changed?.(name, stateNames[state] ?? 'open'));

  /** One try. If less than half of its time is left, its outcome does not count for the breaker. */
  const once = async <T>(work: (signal: AbortSignal) => Promise<T>, deadline: number): Promise<T> => {
    const own = breaker.state === CircuitState.Closed ? timeoutMs : trialMs;
    const limitMs = Math.min(own, deadline - performance.now());
    if (limitMs <= 0) throw new CallFailed('timeout', name);
    const countsForBreaker = limitMs >= own / 2;
    const limit = timeLimit(limitMs, () => new CallFailed('timeout', name));
    try {
      return await limit.holds(
        places.execute(() => {
          // Given up while it waited for its place.
          if (limit.isOver()) throw new CallFailed('timeout', name);
          const call = () => limit.holds(around(name, () => work(limit.signal())));
          return countsForBreaker ? breaker.execute(call) : unlessOpen(call);
        }),
      );
    } finally {
      limit.end();
    }
  };

  const unlessOpen = async <T>(call: () => Promise<T>) => {
    if (breaker.state === CircuitState.Open) throw new BrokenCircuitError();
    return call();
  };

  return {
    name,
    get state() {
      return stateNames[breaker.state] ?? 'open';
    },
    async run(work, { again = 0 } = {}) {
      const startedAt = performance.now();
      const deadline = startedAt + Math.min(timeoutMs, remainingMs());
      for (let left = again; ; left--) {
        try {
          const result = await once(work, deadline);
          watch.called?.(name, 'ok', performance.now() - startedAt);
          return result;
        } catch (thrown) {
          const error = toCallFailed(thrown, name);
          const isWorthATry = !(error instanceof CallFailed) && isFailure(error);
          if (left > 0 && isWorthATry && deadline - performance.now() > 2 * betweenTriesMs) {
            await new Promise((resolve) => setTimeout(resolve, betweenTriesMs * (0.5 + Math.random())));
            continue;
          }
          const outcome = error instanceof CallFailed ? error.reason : 'failed';
          watch.called?.(name, outcome, performance.now() - startedAt);
          throw error;
        }
      }
    },
  };
}

const stateNames: Readonly<Partial<Record<CircuitState, GuardState>>> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half-open',
};

function toCallFailed(error: unknown, name: string): unknown {
  if (error instanceof BrokenCircuitError) return new CallFailed('open', name);
  if (error instanceof BulkheadRejectedError) return new CallFailed('full', name);
  return error;
}

/** One timer for several promises: when it fires, those still pending are rejected, and their work is not awaited. */
function timeLimit(limitMs: number, toError: () => Error) {
  const rejects: ((error: Error) => void)[] = [];
  let stop: AbortController | undefined;
  let isOver = false;
  const timer = setTimeout(() => {
    isOver = true;
    stop?.abort();
    for (const reject of rejects) reject(toError());
  }, limitMs);
  return {
    isOver: () => isOver,
    signal: () => {
      stop ??= new AbortController();
      return stop.signal;
    },
    end: () => clearTimeout(timer),
    holds: <T>(work: Promise<T>) =>
      new Promise<T>((resolve, reject) => {
        rejects.push(reject);
        work.then(resolve, reject);
      }),
  };
}
