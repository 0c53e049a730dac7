/**
 * Does work at most once in `forMs`: callers in between get the last result, and callers at the same time one result.
 *
 * For checks that anybody may ask for and that reach databases. `now` is a monotonic clock in milliseconds.
 */
export function cachedCheck<T>(
  forMs: number,
  work: () => Promise<T>,
  now = () => performance.now(),
): () => Promise<T> {
  let result: Promise<T> | undefined;
  let until = Number.POSITIVE_INFINITY;
  return () => {
    if (result !== undefined && now() < until) return result;
    until = Number.POSITIVE_INFINITY;
    const fresh = work();
    const settled = () => {
      until = now() + forMs;
    };
    fresh.then(settled, settled);
    result = fresh;
    return fresh;
  };
}
