import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  currentBudget,
  remainingMs,
  withinBudget,
  withoutBudget,
} from '../../../../core/resilience/budget.ts';
import { createGuard, type GuardOptions } from '../../../../core/resilience/guard.ts';

const broken = new Error('The connection broke.');

// No test waits: time passes when a test says so.
beforeEach(() => {
  jest.useFakeTimers();
  // From another start than zero: a moment is not a duration.
  jest.advanceTimersByTime(7_000);
});
afterEach(() => void jest.useRealTimers());
const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

function guardWith(options: Partial<GuardOptions> = {}) {
  const seen: string[] = [];
  const guard = createGuard({
    name: 'legacy',
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
const reason = (expected: string) => ({ name: 'CallFailed', reason: expected });

/** How a call stands: `pending`, `ok`, or why it failed. */
function follow(call: Promise<unknown>) {
  const followed = { state: 'pending' };
  call.then(
    () => {
      followed.state = 'ok';
    },
    (error) => {
      followed.state = error.reason ?? error.message;
    },
  );
  return followed;
}

describe('a guard', () => {
  it('passes on what is answered and what is thrown', async () => {
    const { guard, seen } = guardWith();
    expect(guard.name).toBe('legacy');
    expect(await guard.run(async () => 7)).toBe(7);
    await expect(guard.run(async () => Promise.reject(new RangeError('no')))).rejects.toThrow('no');
    expect(seen).toEqual(['ok', 'failed']);
    // No timer is left of a call that is over.
    expect(jest.getTimerCount()).toBe(0);
  });

  it('says how each call ended and how long it took, and has it done around the work', async () => {
    const called: unknown[] = [];
    const around = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
      called.push(`around ${name}`);
      return work();
    };
    const { guard } = guardWith({ watch: { called: (...told) => void called.push(told), around } });
    const calls = [guard.run(() => pass(0).then(() => new Promise((done) => setTimeout(done, 30))))];
    calls.push(guard.run(() => new Promise((_, fail) => setTimeout(() => fail(broken), 40))));
    void Promise.allSettled(calls);
    await pass(40);
    expect(called).toEqual([
      'around legacy',
      'around legacy',
      ['legacy', 'ok', 30],
      ['legacy', 'failed', 40],
    ]);
  });

  it('gives up what takes too long, and tells it to stop', async () => {
    const { guard } = guardWith({ timeoutMs: 10 });
    let signal: AbortSignal | undefined;
    const call = follow(
      guard.run((given) => {
        signal = given;
        return never();
      }),
    );
    await pass(9);
    expect([call.state, signal?.aborted]).toEqual(['pending', false]);
    await pass(1);
    expect([call.state, signal?.aborted]).toEqual(['timeout', true]);
  });

  it('waits no longer than the request has left', async () => {
    const { guard } = guardWith();
    const call = follow(withinBudget(10, () => guard.run(never)));
    await pass(9);
    expect(call.state).toBe('pending');
    await pass(1);
    expect([call.state, guard.state]).toEqual(['timeout', 'closed']);
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
    await expect(guard.run(work)).rejects.toMatchObject(reason('full'));
    while (ends.length > 0) {
      ends.shift()?.();
      await pass(0);
    }
    await Promise.all(calls);
    expect([most, guard.state]).toEqual([2, 'closed']);
  });

  it('does not begin what was given up while it waited for its place', async () => {
    const { guard } = guardWith({ maxAtOnce: 1 });
    let end = () => {};
    const first = guard.run(() => new Promise<void>((resolve) => (end = resolve)));
    let isBegun = false;
    const second = follow(
      withinBudget(10, () =>
        guard.run(async () => {
          isBegun = true;
        }),
      ),
    );
    await pass(10);
    expect(second.state).toBe('timeout');
    end();
    await first;
    await pass(0);
    expect(isBegun).toBe(false);
    expect(await guard.run(async () => 'next')).toBe('next');
  });

  it('does not begin what comes when the request has no time left', async () => {
    const { guard, seen } = guardWith();
    let isBegun = false;
    const late = follow(
      withinBudget(5, async () => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        return guard.run(async () => {
          isBegun = true;
        });
      }),
    );
    await pass(5);
    expect([late.state, isBegun, guard.state, seen]).toEqual(['timeout', false, 'closed', ['timeout']]);
  });

  it('stops asking after failures in a row, and lets the next call after the pause try', async () => {
    const { guard, seen } = guardWith();
    let calls = 0;
    for (let i = 0; i < 2; i++) await expect(guard.run(fails)).rejects.toBe(broken);
    await pass(19);
    await expect(guard.run(async () => calls++)).rejects.toMatchObject(reason('open'));
    // A request of little time does not ask either.
    await expect(withinBudget(5, () => guard.run(async () => calls++))).rejects.toMatchObject(reason('open'));
    expect(calls).toBe(0);
    await pass(1);
    // All calls of that next request, also those beside the one that tries.
    expect(await Promise.all([guard.run(async () => 1), guard.run(async () => 2)])).toEqual([1, 2]);
    expect(seen).toEqual(['failed', 'open', 'failed', 'open', 'open', 'half-open', 'closed', 'ok', 'ok']);
  });

  it('breaks after five failures, pauses two seconds and tries for one unless told otherwise', async () => {
    const { guard } = guardWith({
      timeoutMs: 5_000,
      breakAfter: undefined as never,
      pauseMs: undefined as never,
    });
    for (let i = 0; i < 4; i++) await expect(guard.run(fails)).rejects.toBe(broken);
    expect(guard.state).toBe('closed');
    await expect(guard.run(fails)).rejects.toBe(broken);
    expect(guard.state).toBe('open');
    await pass(1_999);
    await expect(guard.run(fails)).rejects.toMatchObject(reason('open'));
    await pass(1);
    const trial = follow(guard.run(never));
    expect(guard.state).toBe('half-open');
    await pass(999);
    expect(trial.state).toBe('pending');
    await pass(1);
    expect([trial.state, guard.state]).toEqual(['timeout', 'open']);
  });

  it('takes no answer in time for a failure, but only where at least half the time was left', async () => {
    const given = async (budgetMs: number) => {
      const { guard } = guardWith();
      for (let i = 0; i < 2; i++) {
        const call = follow(withinBudget(budgetMs, () => guard.run(never)));
        await pass(budgetMs);
        expect(call.state).toBe('timeout');
      }
      return guard.state;
    };
    expect(await given(1_000)).toBe('open');
    expect(await given(500)).toBe('open');
    expect(await given(499)).toBe('closed');
    expect(await given(5)).toBe('closed');
  });

  it('tries once more where that is safe, for failures alone', async () => {
    const { guard, seen } = guardWith({ breakAfter: 10 });
    let calls = 0;
    const second = async () => (++calls === 1 ? fails() : 'second');
    const repeated = guard.run(second, { again: 1 });
    await pass(45);
    expect(await repeated).toBe('second');
    const twice = follow(guard.run(fails, { again: 1 }));
    await pass(45);
    expect(twice.state).toBe(broken.message);
    calls = 0;
    await expect(guard.run(second)).rejects.toBe(broken);
    expect([calls, seen]).toEqual([1, ['ok', 'failed', 'failed']]);
    const other = async () => {
      calls++;
      throw new RangeError('no');
    };
    await expect(guard.run(other, { again: 1 })).rejects.toThrow('no');
    expect(calls).toBe(2);
  });

  it('waits 15 to 45 ms before it tries again, and only if more than 60 are left', async () => {
    for (const [random, waited] of [
      [0, 15],
      [0.5, 30],
    ] as const) {
      jest.spyOn(Math, 'random').mockReturnValue(random);
      const { guard } = guardWith({ breakAfter: 10 });
      let calls = 0;
      const work = async () => (++calls === 1 ? fails() : 'second');
      const call = guard.run(work, { again: 1 });
      await pass(waited - 1);
      expect(calls).toBe(1);
      await pass(1);
      expect([calls, await call]).toEqual([2, 'second']);
      jest.restoreAllMocks();
    }
    for (const [timeoutMs, expected] of [
      [61, 2],
      [60, 1],
    ] as const) {
      const { guard } = guardWith({ breakAfter: 10, timeoutMs });
      let calls = 0;
      const call = follow(
        guard.run(
          () => {
            calls++;
            return fails();
          },
          { again: 1 },
        ),
      );
      await pass(45);
      expect([calls, call.state]).toEqual([expected, broken.message]);
    }
  });
});

describe('a budget', () => {
  it('is no longer inside another, at least a millisecond, and is nothing outside', () => {
    expect([remainingMs(), currentBudget()]).toEqual([Number.POSITIVE_INFINITY, undefined]);
    withinBudget(1_000, (outer) => {
      expect([remainingMs(), currentBudget()]).toEqual([1_000, outer]);
      jest.advanceTimersByTime(100);
      expect(remainingMs()).toBe(900);
      withinBudget(5_000, ({ signal }) => {
        expect([remainingMs(), signal.aborted]).toEqual([900, false]);
      });
      withinBudget(300, () => expect(remainingMs()).toBe(300));
      withinBudget(0, () => expect(remainingMs()).toBe(1));
      expect(withoutBudget(remainingMs)).toBe(Number.POSITIVE_INFINITY);
    });
  });
});
