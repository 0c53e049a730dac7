import type { EdgeConfig } from '../../core/edge-config.ts';
import { createRateLimit, noRateLimit, type RateLimit, type SharedPoints } from './rate-limit.ts';

/** The rate limits, each with a count of its own. */
export interface RateLimits {
  /** All requests of an address, from any caller: an office or a school may share one. */
  readonly addresses: RateLimit;
  /** Requests of one caller, or of one address if the caller is anonymous. */
  readonly callers: RateLimit;
  /** Bad tokens of an address. A good token always passes. */
  readonly signInFailures: RateLimit;
  /** Files fetched and sent by an address: some cost more to make than a request. */
  readonly files: RateLimit;
  /** Public look-ups, by caller or address: this slows down anyone who tries numbers. */
  readonly lookups: RateLimit;
}

export function createRateLimits(
  { ratePerMinute, lookupsPerMinute }: Pick<EdgeConfig, 'ratePerMinute' | 'lookupsPerMinute'>,
  sharedPoints: (name: string) => SharedPoints | null,
): RateLimits {
  const limit = (name: string, perMinute: number) =>
    perMinute === 0 ? noRateLimit : createRateLimit({ perMinute, shared: sharedPoints(name) });
  return {
    addresses: limit('address', ratePerMinute * 10),
    callers: limit('caller', ratePerMinute),
    signInFailures: limit('sign-in', Math.ceil(ratePerMinute / 20)),
    files: limit('file', ratePerMinute),
    lookups: limit('lookup', lookupsPerMinute),
  };
}
