import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createDrawnFiles } from '../../../../core/pdf/drawn-files.ts';

describe('drawn files', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  function files(maxBytes = 1_000) {
    const drawn: string[] = [];
    const kept = createDrawnFiles({ keptForMs: 60_000, maxBytes });
    const take = (key: string, size = 10) =>
      kept.take(key, async () => {
        drawn.push(key);
        return Buffer.alloc(size);
      });
    return { kept, drawn, take };
  }

  it('are drawn once for all who ask within the time, at once or one after the other', async () => {
    const { drawn, take } = files();
    const [first, second] = await Promise.all([take('a'), take('a')]);
    expect(second).toBe(first);
    jest.advanceTimersByTime(59_999);
    expect(await take('a')).toBe(first);
    expect(drawn).toEqual(['a']);
    jest.advanceTimersByTime(1);
    expect(await take('a')).not.toBe(first);
    expect(drawn).toEqual(['a', 'a']);
  });

  it('are dropped oldest first once they are too many bytes, and one that is too large at once', async () => {
    const { drawn, take } = files(25);
    for (const key of ['a', 'b', 'c']) await take(key);
    await take('b');
    await take('c');
    expect(drawn).toEqual(['a', 'b', 'c']);
    await take('a');
    await take('large', 26);
    await take('large', 26);
    expect(drawn).toEqual(['a', 'b', 'c', 'a', 'large', 'large']);
  });

  it('are forgotten when they could not be drawn', async () => {
    const { kept, take } = files();
    await expect(kept.take('a', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await take('a')).toHaveLength(10);
  });
});
