import DataLoader from 'dataloader';
import type { RequestContext } from './request-context.ts';

/**
 * A query whose keys are collected and asked together, once per request.
 *
 * The answers belong to the request context: subgraphs of one process share them, and no request sees another's.
 */
export function defineLoader<Key, Value>(
  /** An error in place of a value is the error of that key alone. */
  batch: (context: RequestContext, keys: readonly Key[]) => Promise<readonly (Value | Error)[]>,
  toCacheKey: (key: Key) => string,
): Once<DataLoader<Key, Value, string>> {
  return defineOnce(
    (context) =>
      new DataLoader<Key, Value, string>((keys) => batch(context, keys), {
        cacheKeyFn: toCacheKey,
        maxBatchSize: 1_000,
      }),
  );
}

/** A value that is computed once per request, when it is first needed. */
export interface Once<T> {
  (context: RequestContext): T;
  /**
   * Discards the value, so that the next reader computes it again: for a request that wrote what was read before.
   */
  forget(context: RequestContext): void;
}

export function defineOnce<T>(make: (context: RequestContext) => T): Once<T> {
  const made = new WeakMap<RequestContext, { readonly value: T }>();
  const once = (context: RequestContext) => {
    let entry = made.get(context);
    if (entry === undefined) {
      entry = { value: make(context) };
      made.set(context, entry);
    }
    return entry.value;
  };
  return Object.assign(once, { forget: (context: RequestContext) => void made.delete(context) });
}

/** A query that runs once per request; its answer is available synchronously once it arrived. */
export interface Asked<T> {
  (context: RequestContext): Promise<T>;
  /**
   * Reads the answer, synchronously if it is known: a field of two hundred objects then creates no promise for
   * each.
   */
  use<Result>(context: RequestContext, read: (answer: T) => Result): Result | Promise<Result>;
  forget(context: RequestContext): void;
}

export function defineAsked<T extends object>(ask: (context: RequestContext) => Promise<T>): Asked<T> {
  const once = defineOnce((context) => {
    const entry: { readonly coming: Promise<T>; answer?: T } = { coming: ask(context) };
    entry.coming.then(
      (answer) => {
        entry.answer = answer;
      },
      // The callers that await it get the error.
      () => undefined,
    );
    return entry;
  });
  return Object.assign((context: RequestContext) => once(context).coming, {
    use<Result>(context: RequestContext, read: (answer: T) => Result) {
      const { coming, answer } = once(context);
      return answer === undefined ? coming.then(read) : read(answer);
    },
    forget: once.forget,
  });
}
