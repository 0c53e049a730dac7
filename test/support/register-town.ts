import pg from 'pg';
import type { Clock } from '../../core/clock.ts';
import { type HypersicStandIn, startHypersic } from '../../demo/hypersic/start-hypersic.ts';
import { usualCulture } from '../../legacy/hypersic/formats.ts';
import type { LegacyConfig } from '../../legacy/open-legacy.ts';
import { legacyTownCopy, testClock } from './databases.ts';

export interface RegisterTown {
  readonly url: string;
  readonly standIn: HypersicStandIn;
  readonly config: LegacyConfig;
  readonly statements: string[];
  /** Asks hyperSIC's database what came of it. */
  query<Row>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  close(): Promise<void>;
}

/** hyperSIC's protocol service over a copy of the demo town that may be changed. */
export async function openRegisterTown(
  options: { readonly timeoutMs?: number; readonly settleMs?: number; readonly clock?: Clock } = {},
): Promise<RegisterTown> {
  const { timeoutMs = 1_000, settleMs = 2_000, clock = testClock } = options;
  const url = await legacyTownCopy();
  const credentials = { user: 'gateway', password: 'una "password" & <altro>' };
  const standIn = await startHypersic({
    databaseUrl: url,
    host: '127.0.0.1',
    port: 0,
    clock,
    ...credentials,
  });
  const statements: string[] = [];
  const protocolRegister = {
    ...credentials,
    url: standIn.serviceUrl,
    timeoutMs,
    settleMs,
    culture: usualCulture,
    classification: null,
    office: null,
  };
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  pool.on('error', () => undefined);
  return {
    url,
    standIn,
    statements,
    config: { vendor: 'hypersic', url, protocolRegister, observe: (name) => void statements.push(name) },
    query: async <Row>(text: string, values: readonly unknown[] = []) =>
      (await pool.query(text, [...values])).rows as Row[],
    async close() {
      await standIn.close();
      await pool.end();
    },
  };
}
