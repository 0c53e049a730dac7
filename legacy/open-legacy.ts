import type { EnvironmentReader } from '../core/environment.ts';
import { hypersicVariables, readHypersicConfig } from './hypersic/config.ts';
import { createHypersic, type HypersicOptions } from './hypersic/create-hypersic.ts';
import type { Legacy } from './ports/legacy.ts';

/** The legacy system's kind and configuration. */
export type LegacyConfig = { readonly vendor: 'hypersic' } & HypersicOptions;

/** The only switch on the vendor. A second vendor is a folder beside `hypersic/` and a case here. */
export function openLegacy(config: LegacyConfig): Legacy {
  switch (config.vendor) {
    case 'hypersic':
      return createHypersic(config);
  }
}

/** Descriptions of the vendor's variables. */
export const legacyVariables: Readonly<Record<string, string>> = hypersicVariables;

export function readLegacyConfig(read: EnvironmentReader): LegacyConfig {
  return { vendor: 'hypersic', ...readHypersicConfig(read) };
}
