import type { EnvironmentReader } from '../../core/environment.ts';

/** Descriptions of the variables, in the order of .env.example. */
export const demoHypersicVariables = {
  DEMO_HYPERSIC_PORT: "port of the demo's hyperSIC; 4011",
  DEMO_HYPERSIC_FAULTS: 'how many of a hundred calls to it go wrong, in one way or another; 0',
  DEMO_HYPERSIC_DECIDE_MS: 'how long its office leaves an application before it decides; 4000',
} as const;

export interface DemoHypersicConfig {
  readonly hypersicPort: number;
  readonly hypersicFaultPercent: number;
  readonly hypersicDecideMs: number;
}

export function readDemoHypersicConfig(read: EnvironmentReader): DemoHypersicConfig {
  return {
    hypersicPort: read.wholeNumber('DEMO_HYPERSIC_PORT', 4011, [0, 65_535]),
    hypersicFaultPercent: read.wholeNumber('DEMO_HYPERSIC_FAULTS', 0, [0, 100]),
    hypersicDecideMs: read.wholeNumber('DEMO_HYPERSIC_DECIDE_MS', 4_000, [0, 86_400_000]),
  };
}
