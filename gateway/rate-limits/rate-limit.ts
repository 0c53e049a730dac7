import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { withoutBudget } from '../../core/resilience/budget.ts';

/** A limit for each key and minute. */
export interface RateLimit {
  /**
   * Counts `points` for a key. Returns null, or the seconds until the next attempt. Does not wait for the
   * database.
   */
  take(key: string, points?: number): Promise<number | null>;
  /** The rest of the key's minute as this process knows it; null without a limit. */
  left(key: string): Promise<RateLeft | null>;
}

export interface RateLeft {
  readonly perMinute: number;
  readonly points: number;
  /** Until the minute is over. */
  readonly seconds: number;
}

/** The points of a key in a minute, counted for all processes together. */
export type SharedPoints = Pick<RateLimiterAbstract, 'penalty'>;

export interface RateLimitOptions {
  readonly perMinute: number;
  /** Null: each process counts for itself. */
  readonly shared: SharedPoints | null;
}

/** A key below this share of its limit is not reported to the other processes. */
const quietShare = 0.1;
const betweenTellsMs = 50;
const maxUntold = 50_000;

/**
 * Decides in this process's memory and reports to the database afterwards, so that no request waits for it.
 *
 * The database returns the count of all processes, which replaces the local one. Meanwhile several processes may
 * together exceed a limit by a few requests. If the database fails, each process counts for itself.
 */
export function createRateLimit({ perMinute, shared }: RateLimitOptions): RateLimit {
  const own = new RateLimiterMemory({ points: perMinute, duration: 60 });
  const untold = new Map<string, number>();
  const telling = new Set<string>();

  const tell = async (key: string, to: SharedPoints) => {
    telling.add(key);
    try {
      for (let points = untold.get(key); points !== undefined; points = untold.get(key)) {
        untold.delete(key);
        const { consumedPoints: all } = await to.penalty(key, points);
        const here = (await own.get(key))?.consumedPoints ?? 0;
        if (all > here) await own.penalty(key, all - here);
        await new Promise((resolve) => setTimeout(resolve, betweenTellsMs).unref());
      }
    } catch {
      // Counted here all the same; the store's guard logs that it fails.
    } finally {
      telling.delete(key);
    }
  };

  return {
    async take(key, points = 1) {
      let counted: RateLimiterRes;
      try {
        counted = await own.consume(key, points);
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) return Math.max(1, Math.ceil(refusal.msBeforeNext / 1_000));
        throw refusal;
      }
      if (shared === null) return null;
      if (untold.size >= maxUntold) untold.clear();
      untold.set(key, (counted.isFirstInDuration ? 0 : (untold.get(key) ?? 0)) + points);
      if (counted.consumedPoints >= perMinute * quietShare && !telling.has(key)) {
        withoutBudget(() => void tell(key, shared));
      }
      return null;
    },
    async left(key) {
      const known = await own.get(key);
      const points = Math.max(0, perMinute - (known?.consumedPoints ?? 0));
      return { perMinute, points, seconds: Math.ceil((known?.msBeforeNext ?? 60_000) / 1_000) };
    },
  };
}

/** A limit that lets everything pass. */
export const noRateLimit: RateLimit = { take: async () => null, left: async () => null };
