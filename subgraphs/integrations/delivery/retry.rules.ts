const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** Pauses after the first, second … failed attempt of one delivery; the last one repeats. */
const pausesMs = [
  5 * second,
  30 * second,
  2 * minute,
  10 * minute,
  30 * minute,
  hour,
  2 * hour,
  4 * hour,
  8 * hour,
];

/** A delivery is given up, and a failing endpoint switched off, after this time. Shape: a Postgres interval. */
export const longestTrying = '5 days';

/** So many failures in a row pause the whole endpoint: the next attempt finds out whether it is back. */
export const failuresBeforePause = 5;
const longestPauseMs = 5 * minute;

/** Until the next attempt of a delivery, from its failed attempts so far; up to a tenth more, so that none meet. */
export function pauseOfDelivery(attempts: number, random = Math.random()): number {
  const pause = pausesMs[Math.min(attempts, pausesMs.length) - 1] ?? 5 * second;
  return Math.round(pause * (1 + random / 10));
}

/** How long a whole endpoint gets no attempt, from its failures in a row; 0 for none. */
export function pauseOfEndpoint(failures: number): number {
  if (failures < failuresBeforePause) return 0;
  return Math.min(5 * second * 2 ** Math.min(failures - failuresBeforePause, 10), longestPauseMs);
}
