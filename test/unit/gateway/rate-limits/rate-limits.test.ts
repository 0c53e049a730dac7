import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { addressKey } from '../../../../gateway/rate-limits/address-key.ts';
import { createRateLimits, type RateLimits } from '../../../../gateway/rate-limits/create-rate-limits.ts';
import { createRateLimit, type SharedPoints } from '../../../../gateway/rate-limits/rate-limit.ts';

beforeEach(() => void jest.useFakeTimers({ now: new Date('2026-10-15T09:00:00Z') }));
afterEach(() => void jest.useRealTimers());

describe('the key of an address', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:192.0.2.1', '192.0.2.1'],
    ['2001:db8:0:1::7', '2001:db8:0:1::/64'],
    ['2001:db8:0:1:2:3:4:5', '2001:db8:0:1::/64'],
    ['2001:db8::5', '2001:db8:0:0::/64'],
    ['2001:db8::1:2:3:4:5', '2001:db8:0:1::/64'],
    ['2001:db8::', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    [undefined, 'unknown'],
  ])('%s is %s', (address, key) => {
    expect(addressKey(address)).toBe(key);
  });
});

describe('the rate limits', () => {
  const taken = async (limit: RateLimits[keyof RateLimits]) => {
    for (let count = 0; ; count++) if (count === 500 || (await limit.take('key')) !== null) return count;
  };

  it('are the configured one, ten times it for an address, and a twentieth for bad tokens', async () => {
    const limits = createRateLimits({ ratePerMinute: 30, lookupsPerMinute: 7 }, () => null);
    expect(await taken(limits.callers)).toBe(30);
    expect(await taken(limits.addresses)).toBe(300);
    expect(await taken(limits.signInFailures)).toBe(2);
    expect(await taken(limits.files)).toBe(30);
    expect(await taken(limits.lookups)).toBe(7);
  });

  it('of zero are none', async () => {
    const limits = createRateLimits({ ratePerMinute: 0, lookupsPerMinute: 0 }, () => null);
    for (const limit of Object.values(limits)) expect(await taken(limit)).toBe(500);
  });

  it('count by key and points, say when to come again, and begin anew after a minute', async () => {
    const limit = createRateLimit({ perMinute: 3, shared: null });
    expect(await limit.take('a', 2)).toBeNull();
    expect(await limit.take('b', 3)).toBeNull();
    expect(await limit.take('a', 2)).toBe(60);
    jest.setSystemTime(new Date('2026-10-15T09:00:30.500Z'));
    expect(await limit.take('a')).toBe(30);
    jest.setSystemTime(new Date('2026-10-15T09:00:59.999Z'));
    expect(await limit.take('a')).toBe(1);
    await jest.advanceTimersByTimeAsync(61_000);
    expect(await limit.take('a', 3)).toBeNull();
  });
});

describe('a limit that processes share', () => {
  function sharing(all: (points: number) => number, perMinute = 100) {
    const told: number[] = [];
    const shared: SharedPoints = {
      penalty: async (_key, points) => {
        told.push(points as number);
        return { consumedPoints: all(points as number) } as never;
      },
    };
    return { told, limit: createRateLimit({ perMinute, shared }) };
  }
  const settle = () => jest.advanceTimersByTimeAsync(0);

  it('tells the others from a tenth of it on, at most every 50 ms, what was not told yet', async () => {
    const { told, limit } = sharing(() => 0);
    for (let i = 0; i < 9; i++) await limit.take('a');
    await settle();
    expect(told).toEqual([]);
    await limit.take('a');
    await settle();
    expect(told).toEqual([10]);
    await limit.take('a', 3);
    await limit.take('a', 4);
    await jest.advanceTimersByTimeAsync(49);
    expect(told).toEqual([10]);
    await jest.advanceTimersByTimeAsync(1);
    expect(told).toEqual([10, 7]);
    await jest.advanceTimersByTimeAsync(50);
    await limit.take('a');
    await settle();
    expect(told).toEqual([10, 7, 1]);
  });

  it('takes over the count of all', async () => {
    const { limit } = sharing(() => 95);
    expect(await limit.take('a', 10)).toBeNull();
    await settle();
    expect(await limit.take('a', 5)).toBeNull();
    expect(await limit.take('a')).toBe(60);
  });

  it('counts by itself when the database fails', async () => {
    const shared: SharedPoints = { penalty: async () => Promise.reject(new Error('down')) };
    const limit = createRateLimit({ perMinute: 10, shared });
    expect(await limit.take('a', 9)).toBeNull();
    await settle();
    expect(await limit.take('a')).toBeNull();
    expect(await limit.take('a')).toBe(60);
  });
});
