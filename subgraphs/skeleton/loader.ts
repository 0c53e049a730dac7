import DataLoader from 'dataloader';
import type { Scope } from './scope.ts';

/**
 * A question whose keys are gathered and asked together, once a request.
 *
 * The answers belong to the scope: subgraphs that run in one process share them, and no request sees another's.
 */
export function defineLoader<Key, Value>(
  batch: (scope: Scope, keys: readonly Key[]) => Promise<readonly Value[]>,
  keyOf: (key: Key) => string,
): Once<DataLoader<Key, Value, string>> {
  return defineOnce(
    (scope) =>
      new DataLoader<Key, Value, string>((keys) => batch(scope, keys), {
        cacheKeyFn: keyOf,
        maxBatchSize: 1_000,
      }),
  );
}

/** Something that is made once a request, when it is first wanted. */
export interface Once<T> {
  (scope: Scope): T;
  /** Makes it anew when it is next wanted: for a request that wrote what was read before. */
  forget(scope: Scope): void;
}

export function defineOnce<T>(make: (scope: Scope) => T): Once<T> {
  const made = new WeakMap<Scope, { readonly value: T }>();
  const once = (scope: Scope) => {
    let entry = made.get(scope);
    if (entry === undefined) {
      entry = { value: make(scope) };
      made.set(scope, entry);
    }
    return entry.value;
  };
  return Object.assign(once, { forget: (scope: Scope) => void made.delete(scope) });
}

/** A question that is asked once a request; its answer is at hand from when it came. */
export interface Asked<T> {
  (scope: Scope): Promise<T>;
  /** Reads the answer, at once where it is known: a field of two hundred objects then makes no promise each. */
  use<Result>(scope: Scope, read: (answer: T) => Result): Result | Promise<Result>;
  forget(scope: Scope): void;
}

export function defineAsked<T extends object>(ask: (scope: Scope) => Promise<T>): Asked<T> {
  const once = defineOnce((scope) => {
    const entry: { readonly coming: Promise<T>; answer?: T } = { coming: ask(scope) };
    entry.coming.then(
      (answer) => {
        entry.answer = answer;
      },
      // Told to whoever waits for it.
      () => undefined,
    );
    return entry;
  });
  return Object.assign((scope: Scope) => once(scope).coming, {
    use<Result>(scope: Scope, read: (answer: T) => Result) {
      const { coming, answer } = once(scope);
      return answer === undefined ? coming.then(read) : read(answer);
    },
    forget: once.forget,
  });
}
