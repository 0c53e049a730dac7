import type { EnvironmentReader } from '../../core/environment.ts';
import type { HypersicOptions } from './create-hypersic.ts';

/** What each variable means, in the order of .env.example. */
export const hypersicVariables = {
  HYPERSIC_DATABASE_URL: "hyperSIC's database, with a user that may only read",
  HYPERSIC_POOL_SIZE: 'sessions kept open there; 16',
} as const;

/** hyperSIC's part of the configuration. */
export function readHypersicConfig(read: EnvironmentReader): HypersicOptions {
  return {
    url: read.url('HYPERSIC_DATABASE_URL', null),
    poolSize: read.wholeNumber('HYPERSIC_POOL_SIZE', 16, [1, 200]),
  };
}
