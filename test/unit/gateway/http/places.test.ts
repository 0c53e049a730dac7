import { describe, expect, it } from '@jest/globals';
import { createPlaces } from '../../../../gateway/http/places.ts';

/** Takes as many places as there are for each key in turn, and answers how many each has. */
function takeAll(most: number, keys: readonly string[]): readonly number[] {
  const places = createPlaces(most);
  const counts = keys.map(() => 0);
  for (let wasTaken = true; wasTaken; ) {
    wasTaken = false;
    for (const [at, key] of keys.entries()) {
      if (places.take(key) === null) continue;
      counts[at] = (counts[at] ?? 0) + 1;
      wasTaken = true;
    }
  }
  return counts;
}

describe('places', () => {
  it('are shared: one address gets half of them, two a third each, and another always one', () => {
    expect(takeAll(1_000, ['a'])).toEqual([500]);
    expect(takeAll(1_000, ['a', 'b'])).toEqual([334, 333]);
    expect(takeAll(1_000, ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'])).toEqual(new Array(9).fill(100));
    const places = createPlaces(1_000);
    while (places.take('a') !== null || places.take('b') !== null);
    expect(places.take('c')).not.toBeNull();
  });

  it('are four for each that comes, while there are any', () => {
    expect(takeAll(3, ['a'])).toEqual([3]);
    expect(takeAll(4, ['a'])).toEqual([4]);
    expect(takeAll(5, ['a'])).toEqual([4]);
    expect(takeAll(8, ['a', 'b'])).toEqual([4, 4]);
    expect(takeAll(20, ['a'])).toEqual([10]);
  });

  it('are given back once, whoever says so how often', () => {
    const places = createPlaces(2);
    const [leave] = [places.take('a'), places.take('a')];
    expect([places.taken, places.take('a'), places.take('b')]).toEqual([2, null, null]);
    leave?.();
    leave?.();
    expect(places.taken).toBe(1);
    expect(places.take('b')).not.toBeNull();
    expect(places.take('b')).toBeNull();
  });
});
