import { describe, expect, it } from '@jest/globals';
import { remainingMs, withinBudget } from '../../../../core/resilience/budget.ts';
import { createGuard, type GuardOptions } from '../../../../core/resilience/guard.ts';

const broken = new Error('The connection broke.');

function guardWith(options: Partial<GuardOptions> = {}) {
  const seen: string[] = [];
  const guard = createGuard({
    name: 'register',
    timeoutMs: 1_000,
    maxAtOnce: 2,
    maxWaiting: 1,
    breakAfter: 2,
    pauseMs: 20,
    isFailure: (error) => error === broken,
    watch: { called: (_, outcome) => void seen.push(outcome), changed: (_, state) => void seen.push(state) },
    ...options,
  });
  return { guard, seen };
}

const never = () => new Promise<never>(() => undefined);
const fails = async () => Promise.reject(broken);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const reason = (expected: string) => expect.objectContaining({ name: 'CallFailed', reason: expected });

describe('a guard', () => {
  it('passes on what is answered and what is thrown', async () => {
    const { guard, seen } = guardWith();
    expect(await guard.run(async () => 7)).toBe(7);
    await expect(guard.run(async () => Promise.reject(new RangeError('no')))).rejects.toThrow('no');
    expect(seen).toEqual(['ok', 'failed']);
  });

  it('gives up what takes too long, and tells it to stop', async () => {
    const { guard } = guardWith({ timeoutMs: 10 });
    let signal: AbortSignal | undefined;
    const call = guard.run((given) => {
      signal = given;
      return never();
    });
    await expect(call).rejects.toEqual(reason('timeout'));
    expect(signal?.aborted).toBe(true);
  });

  it('waits no longer than the request has left', async () => {
    const { guard } = guardWith();
    await expect(withinBudget(10, () => guard.run(never))).rejects.toEqual(reason('timeout'));
    expect(guard.state).toBe('closed');
  });

  it('lets only so many in at once and keeps only so many waiting', async () => {
    const { guard } = guardWith();
    let running = 0;
    let most = 0;
    const ends: (() => void)[] = [];
    const work = () => {
      most = Math.max(most, ++running);
      return new Promise<void>((resolve) => ends.push(resolve)).finally(() => running--);
    };
    const calls = [guard.run(work), guard.run(work), guard.run(work)];
    await expect(guard.run(work)).rejects.toEqual(reason('full'));
    while (ends.length > 0) {
      ends.shift()?.();
      await pause(0);
    }
    await Promise.all(calls);
    expect(most).toBe(2);
  });

  it('does not begin what was given up while it waited for its place', async () => {
    const { guard } = guardWith({ maxAtOnce: 1 });
    let end = () => {};
    const first = guard.run(() => new Promise<void>((resolve) => (end = resolve)));
    let isBegun = false;
    const second = withinBudget(10, () =>
      guard.run(async () => {
        isBegun = true;
      }),
    );
    await expect(second).rejects.toEqual(reason('timeout'));
    end();
    await first;
    await pause(0);
    expect(isBegun).toBe(false);
    expect(await guard.run(async () => 'next')).toBe('next');
  });

  it('does not begin what comes when the request has no time left', async () => {
    const { guard, seen } = guardWith();
    let isBegun = false;
    const late = withinBudget(1, async () => {
      while (remainingMs() > 0) await pause(1);
      return guard.run(async () => {
        isBegun = true;
      });
    });
    await expect(late).rejects.toEqual(reason('timeout'));
    expect([isBegun, guard.state, seen]).toEqual([false, 'closed', ['timeout']]);
  });

  it('stops asking after failures in a row, and lets the next call after the pause try', async () => {
    const { guard, seen } = guardWith();
    let calls = 0;
    for (let i = 0; i < 2; i++) await expect(guard.run(fails)).rejects.toBe(broken);
    await expect(guard.run(async () => calls++)).rejects.toEqual(reason('open'));
    expect(calls).toBe(0);
    await pause(25);
    // All calls of that next request, also those beside the one that tries.
    expect(await Promise.all([guard.run(async () => 1), guard.run(async () => 2)])).toEqual([1, 2]);
    expect(seen).toEqual(['failed', 'open', 'failed', 'open', 'half-open', 'closed', 'ok', 'ok']);
  });

  it('does not take what a request of little time broke off for a failure of the counterpart', async () => {
    const { guard } = guardWith();
    for (let i = 0; i < 5; i++) await withinBudget(5, () => guard.run(never)).catch(() => undefined);
    expect(guard.state).toBe('closed');
    expect(await guard.run(async () => 'well')).toBe('well');
  });

  it('tries once more where that is safe, for failures alone', async () => {
    const { guard, seen } = guardWith({ breakAfter: 10 });
    let calls = 0;
    const second = async () => (++calls === 1 ? fails() : 'second');
    expect(await guard.run(second, { again: 1 })).toBe('second');
    await expect(guard.run(fails, { again: 1 })).rejects.toBe(broken);
    calls = 0;
    await expect(guard.run(second)).rejects.toBe(broken);
    expect([calls, seen]).toEqual([1, ['ok', 'failed', 'failed']]);
  });
});

describe('a budget', () => {
  it('is no longer inside another, and is nothing outside', () => {
    expect(remainingMs()).toBe(Number.POSITIVE_INFINITY);
    withinBudget(1_000, () => {
      withinBudget(5_000, ({ signal }) => {
        expect([remainingMs() <= 1_000, signal.aborted]).toEqual([true, false]);
      });
    });
  });
});
