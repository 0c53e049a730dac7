import { describe, expect, it } from '@jest/globals';
import { createFairQueue } from '../../../../core/pdf/fair-queue.ts';

const never = new AbortController().signal;

/** Work that ends when the test says so, by name, and the order in which it began. */
function works() {
  const begun: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const work = (name: string) => () =>
    new Promise<string>((resolve, reject) => {
      begun.push(name);
      ends.set(name, (error) => (error === undefined ? resolve(name) : reject(error)));
    });
  const end = async (name: string, error?: Error) => {
    ends.get(name)?.(error);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { begun, work, end };
}

const codeOf = (outcome: Promise<unknown>) =>
  outcome.then(
    () => 'done',
    (error: { code?: string; message: string }) => error.code ?? error.message,
  );

describe('a fair queue', () => {
  it('lets lanes take turns, however many wait in one', async () => {
    const queue = createFairQueue({ atOnce: 1, maxWaiting: 100, maxWaitingOfOne: 50 });
    const { begun, work, end } = works();
    const names = ['a1', 'a2', 'a3', 'a4', 'b1', 'c1', 'b2'];
    const all = names.map((name) => queue.run(name[0] ?? '', work(name), never));
    for (const name of ['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'a4']) await end(name);
    expect(begun).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'a4']);
    expect(await Promise.all(all)).toEqual(names);
  });

  it('runs as many at once as it may, also after failures', async () => {
    const queue = createFairQueue({ atOnce: 2, maxWaiting: 100, maxWaitingOfOne: 50 });
    const { begun, work, end } = works();
    const all = ['1', '2', '3', '4'].map((name) => codeOf(queue.run(name, work(name), never)));
    await end('none');
    expect(begun).toEqual(['1', '2']);
    await end('2', new Error('broken'));
    expect(begun).toEqual(['1', '2', '3']);
    for (const name of ['1', '3', '4']) await end(name);
    expect(await Promise.all(all)).toEqual(['done', 'broken', 'done', 'done']);
  });

  it('refuses the one more of a lane, and nobody else', async () => {
    const queue = createFairQueue({ atOnce: 1, maxWaiting: 10, maxWaitingOfOne: 2 });
    const { begun, work, end } = works();
    const outcomes = ['a1', 'a2', 'a3', 'a4', 'b1'].map((name) =>
      codeOf(queue.run(name[0] ?? '', work(name), never)),
    );
    expect(await outcomes[3]).toBe('OVERLOADED');
    for (const name of ['a1', 'a2', 'b1', 'a3']) await end(name);
    expect(begun).toEqual(['a1', 'a2', 'b1', 'a3']);
    expect(await Promise.all(outcomes)).toEqual(['done', 'done', 'done', 'OVERLOADED', 'done']);
  });

  it('gives the last place of the longest lane to one with fewer, when it is full', async () => {
    const queue = createFairQueue({ atOnce: 1, maxWaiting: 4, maxWaitingOfOne: 4 });
    const { begun, work, end } = works();
    const outcomes = ['a1', 'a2', 'a3', 'a4', 'a5', 'b1', 'b2', 'b3'].map((name) =>
      codeOf(queue.run(name[0] ?? '', work(name), never)),
    );
    for (const name of ['a1', 'a2', 'b1', 'a3', 'b2']) await end(name);
    expect(begun).toEqual(['a1', 'a2', 'b1', 'a3', 'b2']);
    expect(await Promise.all(outcomes)).toEqual([
      ...['done', 'done', 'done', 'OVERLOADED', 'OVERLOADED'],
      ...['done', 'done', 'OVERLOADED'],
    ]);
  });

  it('forgets what was given up while it waited, and does not begin it', async () => {
    const queue = createFairQueue({ atOnce: 1, maxWaiting: 2, maxWaitingOfOne: 2 });
    const { begun, work, end } = works();
    const given = new AbortController();
    const first = queue.run('a', work('a1'), never);
    const second = codeOf(queue.run('a', work('a2'), given.signal));
    given.abort(new Error('given up'));
    expect(await second).toBe('given up');
    const more = ['a3', 'a4'].map((name) => queue.run('a', work(name), never));
    for (const name of ['a1', 'a3', 'a4']) await end(name);
    await Promise.all([first, ...more]);
    expect(begun).toEqual(['a1', 'a3', 'a4']);
    expect(await codeOf(queue.run('a', work('a5'), given.signal))).toBe('given up');
    expect(begun).not.toContain('a5');
  });
});
