import { expect, it } from '@jest/globals';
import { cachedCheck } from '../../../../core/resilience/cached-check.ts';

it('does the work once for all callers at the same time, and once more when its time is over', async () => {
  let nowMs = 0;
  let count = 0;
  const ask = cachedCheck(
    1_000,
    async () => ++count,
    () => nowMs,
  );
  expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1]);
  nowMs = 999;
  expect(await ask()).toBe(1);
  nowMs = 1_000;
  expect(await Promise.all([ask(), ask()])).toEqual([2, 2]);
});

it('waits for work that takes longer than it is cached, and keeps a failure as long as a result', async () => {
  let nowMs = 0;
  let count = 0;
  let fail: (error: Error) => void = () => undefined;
  const ask = cachedCheck(
    1_000,
    () => {
      count++;
      return new Promise<never>((_resolve, reject) => {
        fail = reject;
      });
    },
    () => nowMs,
  );
  const first = ask();
  nowMs = 5_000;
  const second = ask();
  fail(new Error('down'));
  await expect(first).rejects.toThrow('down');
  await expect(second).rejects.toThrow('down');
  await expect(ask()).rejects.toThrow('down');
  expect(count).toBe(1);
});
