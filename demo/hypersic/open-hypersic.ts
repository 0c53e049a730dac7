import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/log.ts';
import { usualCulture } from '../../legacy/hypersic/formats.ts';
import type { LegacyConfig } from '../../legacy/open-legacy.ts';
import { type BackOffice, openBackOffice } from './back-office.ts';
import type { DemoHypersicConfig } from './config.ts';
import { type HypersicStandIn, startHypersic } from './start-hypersic.ts';

export interface OpenHypersicOptions extends DemoHypersicConfig {
  readonly host: string;
  /** Shorter than a delay for people, for tests. */
  readonly hypersicTiming?: { readonly timeoutMs: number; readonly settleMs: number };
  readonly legacyUrl: string;
  readonly secrets: { readonly hypersic: string };
  readonly clock: Clock;
  readonly log: Log;
}

export interface DemoHypersic {
  readonly standIn: HypersicStandIn;
  readonly backOffice: BackOffice;
  readonly config: NonNullable<LegacyConfig['protocolRegister']>;
  close(): Promise<void>;
}

const user = 'servizi-scolastici';
// The demo's calls are short: a cut call is settled within seconds.
const usualTiming = { timeoutMs: 2_500, settleMs: 5_000 } as const;

/** The demo town's hyperSIC: its protocol service and its office, over the database that the adapter reads. */
export async function openHypersic(options: OpenHypersicOptions): Promise<DemoHypersic> {
  const { host, clock, log, legacyUrl, secrets, hypersicPort, hypersicFaultPercent, hypersicDecideMs } =
    options;
  const password = secrets.hypersic;
  const standIn = await startHypersic({
    databaseUrl: legacyUrl,
    host,
    port: hypersicPort,
    user,
    password,
    clock,
    faultPercent: hypersicFaultPercent,
  });
  const backOffice = openBackOffice(standIn.store, { decideMs: hypersicDecideMs, clock, log });
  return {
    standIn,
    backOffice,
    config: {
      url: standIn.serviceUrl,
      user,
      password,
      ...(options.hypersicTiming ?? usualTiming),
      culture: usualCulture,
      classification: null,
      office: null,
    },
    async close() {
      await backOffice.close();
      await standIn.close();
    },
  };
}

/** The variables with which another process uses this protocol service. */
export function hypersicEnvironment({ config }: DemoHypersic): Readonly<Record<string, string>> {
  return {
    HYPERSIC_SOAP_URL: config.url,
    HYPERSIC_SOAP_USER: config.user,
    HYPERSIC_SOAP_PASSWORD: config.password,
    HYPERSIC_SOAP_TIMEOUT_MS: String(config.timeoutMs),
    HYPERSIC_SETTLE_MS: String(config.settleMs),
  };
}
