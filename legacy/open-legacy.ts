import type { EnvironmentReader } from '../core/environment.ts';
import { hypersicVariables, readHypersicConfig } from './hypersic/config.ts';
import { createHypersic, type HypersicOptions } from './hypersic/create-hypersic.ts';
import type { Legacy } from './ports/legacy.ts';

/** The legacy system's kind and configuration: one member for each vendor. */
export type LegacyConfig = { readonly vendor: 'hypersic' } & HypersicOptions;

// A second vendor is a folder beside `hypersic/`, a member of LegacyConfig and a case in each of the two functions.

/** Values of LEGACY_VENDOR. */
const vendors = ['hypersic'] as const satisfies readonly LegacyConfig['vendor'][];

export function openLegacy(config: LegacyConfig): Legacy {
  switch (config.vendor) {
    case 'hypersic':
      return createHypersic(config);
  }
}

export function readLegacyConfig(read: EnvironmentReader): LegacyConfig {
  const vendor = read.choice<LegacyConfig['vendor']>('LEGACY_VENDOR', vendors, 'hypersic');
  switch (vendor) {
    case 'hypersic':
      return { vendor, ...readHypersicConfig(read) };
  }
}

/** Descriptions of the variables: the choice, then each vendor's own. */
export const legacyVariables: Readonly<Record<string, string>> = {
  LEGACY_VENDOR: `the legacy system: ${vendors.map((vendor) => `\`${vendor}\``).join(', ')}; hypersic`,
  ...hypersicVariables,
};
