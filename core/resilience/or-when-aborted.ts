/** The result of some work, or that of `late` if the signal fires first; the work itself is left alone. */
export function orWhenAborted<T>(signal: AbortSignal, work: Promise<T>, late: () => T): Promise<T> {
  let fire = () => {};
  const fired = new Promise<void>((resolve) => {
    fire = resolve;
  });
  if (signal.aborted) fire();
  else signal.addEventListener('abort', fire, { once: true });
  return Promise.race([work, fired.then(late)]).finally(() => signal.removeEventListener('abort', fire));
}
