import { describe, expect, it } from '@jest/globals';
import { createValidationQueue } from '../../../../gateway/limits/validation-queue.ts';

/** Has the thread to itself, as a parser does. */
function work(ms: number): void {
  for (const end = performance.now() + ms; performance.now() < end; );
}

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
    const queue = createValidationQueue();
    const spans: { readonly start: number; readonly end: number }[] = [];
    const order: string[] = [];
    const validate = async (hash: string) => {
      expect(await queue.enter(hash)).toBe(true);
      order.push(hash);
      const start = performance.now();
      work(20);
      spans.push({ start, end: performance.now() });
    };
    let turns = 0;
    const others = setInterval(() => turns++, 1);
    await Promise.all(['a', 'b', 'c', 'd'].map(validate));
    clearInterval(others);
    expect(order).toEqual(['a', 'b', 'c', 'd']);
    for (const [at, { start }] of spans.entries()) {
      if (at > 0) expect(start - (spans[at - 1]?.end ?? 0)).toBeGreaterThan(15);
    }
    expect(turns).toBeGreaterThan(5);
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

  it('says when too many different documents wait', async () => {
    const queue = createValidationQueue({ maxWaiting: 3 });
    const entered = ['a', 'b', 'c', 'c', 'd'].map((hash) => queue.enter(hash));
    // The first has its turn, and does not wait.
    expect(queue.isFull()).toBe(true);
    await Promise.all(entered);
    expect(queue.isFull()).toBe(false);
  });
});
