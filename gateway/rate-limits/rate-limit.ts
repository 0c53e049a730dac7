import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { withoutBudget } from '../../core/resilience/budget.ts';

/** How often something may be done in a minute, by key. */
export interface RateLimit {
  /** Counts `points` for a key. Answers null, or in how many seconds to come again. Waits for nobody. */
  take(key: string, points?: number): Promise<number | null>;
}

/** What a minute's points of a key are kept in for all processes together. */
export type SharedPoints = Pick<RateLimiterAbstract, 'penalty'>;

export interface RateLimitOptions {
  readonly perMinute: number;
  /** Null: each process counts for itself. */
  readonly shared: SharedPoints | null;
}

/** Below this share of the limit a key is not worth telling others about. */
const quietShare = 0.1;
const betweenTellsMs = 50;
const maxUntold = 50_000;

/**
 * Decides in this process's memory and tells the others afterwards, so that a request waits for no database.
 *
 * What all processes counted comes back with the answer and is counted here too. A limit is passed by what several
 * processes let through in the meantime: a few requests. When the database does not answer, each counts for itself.
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
      // Counted here all the same; the store's guard says that it does not answer.
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
  };
}

/** Lets everything pass. */
export const noRateLimit: RateLimit = { take: async () => null };
