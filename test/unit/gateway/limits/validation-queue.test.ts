import { describe, expect, it } from '@jest/globals';
import { createValidationQueue, knownOrQueued } from '../../../../gateway/limits/validation-queue.ts';

describe('the lane of new documents', () => {
  it('lets who comes alone pass at once', async () => {
    const queue = createValidationQueue();
    let passed = false;
    const entered = queue.enter('a').then(() => {
      passed = true;
    });
    await Promise.resolve();
    await Promise.resolve();
    expect(passed).toBe(true);
    await entered;
  });

  it('leaves others as much of the thread as documents take', async () => {
    let nowMs = 0;
    const events: string[] = [];
    const queue = createValidationQueue({
      now: () => nowMs,
      pause(ms, then) {
        events.push(`pause ${ms}`);
        setImmediate(then);
      },
    });
    const validate = async (hash: string, ms: number) => {
      expect(await queue.enter(hash)).toBe(true);
      nowMs += ms;
      events.push(hash);
    };
    await Promise.all([validate('a', 20), validate('b', 7), validate('c', 0.5), validate('d', 1)]);
    // After what takes less than a timer there is no pause.
    await new Promise(setImmediate);
    expect(events).toEqual(['a', 'pause 20', 'b', 'pause 7', 'c', 'd', 'pause 1']);
  });

  it('has one of those work who bring the same document, and the others look again', async () => {
    const queue = createValidationQueue();
    const known = new Set<string>();
    let validated = 0;
    const validate = async (hash: string) => {
      while (!known.has(hash)) {
        if (!(await queue.enter(hash))) continue;
        validated++;
        known.add(hash);
      }
    };
    await Promise.all(Array.from({ length: 500 }, (_, n) => validate(n % 2 === 0 ? 'even' : 'odd')));
    // Whoever came while the first was at work had not waited for it.
    expect(validated).toBeLessThanOrEqual(4);
  });

  it('lets each have a turn while the document stays unknown, as one that is refused does', async () => {
    const queue = createValidationQueue();
    const turns: boolean[] = [];
    const refuse = async () => {
      while (!(await queue.enter('bad')));
      turns.push(true);
    };
    await Promise.all([refuse(), refuse(), refuse()]);
    expect(turns).toHaveLength(3);
  });

  it('does not have a document wait that is known, nor one that became known while it waited', async () => {
    const queue = createValidationQueue();
    const found: number[] = [];
    const find = (known: number | undefined) => () => {
      if (known !== undefined) found.push(known);
      return known;
    };
    let waits = 0;
    const wait = () => void waits++;
    // The queue is taken: a known document passes at once all the same.
    const other = queue.enter('other');
    expect(await knownOrQueued(queue, 'a', find(7), wait)).toBe(7);
    expect([found, waits]).toEqual([[7], 0]);
    expect(await knownOrQueued(queue, 'a', find(undefined), wait)).toBeUndefined();
    let known: number | undefined;
    const turn = queue.enter('b').then(() => {
      known = 8;
    });
    expect(await knownOrQueued(queue, 'b', () => known, wait)).toBe(8);
    await Promise.all([other, turn]);
    expect(waits).toBe(2);
  });

  it('says when too many different documents wait', async () => {
    const queue = createValidationQueue({ maxWaiting: 3 });
    const entered = ['a', 'b', 'c', 'c', 'd'].map((hash) => queue.enter(hash));
    // The first has its turn, and does not wait.
    expect(queue.isFull()).toBe(true);
    await Promise.all(entered);
    expect(queue.isFull()).toBe(false);
  });
});
