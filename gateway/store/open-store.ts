import pg from 'pg';
import { RateLimiterPostgres } from 'rate-limiter-flexible';
import { createGuard, type GuardWatch } from '../../core/resilience/guard.ts';
import type { SharedPoints } from '../rate-limits/rate-limit.ts';
import type { RegisteredOperations } from '../trusted-operations/operation-store.ts';
import { operationsSince, operationsUsed } from '../trusted-operations/trusted-document.store.ts';

/** State that several gateways share, in our Postgres. Without it each gateway counts for itself. */
export interface GatewayStore extends RegisteredOperations {
  /** The points of a minute, all processes together. */
  sharedPoints(name: string): SharedPoints;
  close(): Promise<void>;
}

const waitMs = 1_000;

/** Connects at the first query. */
export function openStore(databaseUrl: string, watch: GuardWatch = {}): GatewayStore {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 4,
    connectionTimeoutMillis: waitMs,
    query_timeout: waitMs,
    allowExitOnIdle: true,
  });
  pool.on('error', () => undefined);
  const guard = createGuard({
    name: 'gateway store',
    timeoutMs: waitMs,
    maxAtOnce: 4,
    maxWaiting: 1_000,
    isFailure: (error) => !(error instanceof pg.DatabaseError),
    watch,
  });
  return {
    sharedPoints(name) {
      const points = new RateLimiterPostgres({
        storeClient: pool,
        tableName: 'rate_limit',
        tableCreated: true,
        keyPrefix: name,
        // Counts only: the rate limit decides.
        points: 1_000_000_000,
        duration: 60,
      });
      return { penalty: (key, count) => guard.run(() => points.penalty(key, count)) };
    },
    async operationsSince(held) {
      const { rows } = await guard.run(() => pool.query(operationsSince, [held]), { again: 1 });
      const textsOf = (kind: string) =>
        rows.flatMap((row: { kind: string; text: string }) => (row.kind === kind ? [row.text] : []));
      return { added: textsOf('added'), missing: textsOf('missing') };
    },
    async operationsUsed(hashes) {
      await guard.run(() => pool.query(operationsUsed, [hashes]));
    },
    close: () => pool.end(),
  };
}
