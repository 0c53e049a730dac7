import type { EdgeConfig } from '../../core/edge-config.ts';
import { createRateLimit, noRateLimit, type RateLimit, type SharedPoints } from './rate-limit.ts';

/** What is limited, each by its own count. */
export interface RateLimits {
  /** All requests of an address, whoever sends them: an office or a school may stand behind one. */
  readonly addresses: RateLimit;
  /** Requests of one caller; of an address for those who do not say who they are. */
  readonly callers: RateLimit;
  /** Tokens of an address that were no good. A good one always passes. */
  readonly signInFailures: RateLimit;
  /** Files fetched and sent by an address: making some of them costs more than a request. */
  readonly files: RateLimit;
  /** Public look-ups, by caller or address: those who try numbers out are slowed down. */
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
