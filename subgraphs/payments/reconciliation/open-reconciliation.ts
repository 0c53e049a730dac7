import { systemClock } from '../../../core/clock.ts';
import { openDatabase } from '../../../core/database.ts';
import type { Legacy } from '../../../legacy/ports/legacy.ts';
import { createSettlements } from '../../shared/settlements/settlement.store.ts';
import type { ReconciliationServices } from './import-reconciliation.action.ts';

/**
 * The dependencies of the two commands. Statements have a longer time limit than in the server, because files may
 * be large.
 */
export async function openReconciliation(
  databaseUrl: string,
  legacy: Legacy,
): Promise<{ readonly services: ReconciliationServices; close(): Promise<void> }> {
  const database = await openDatabase({
    url: databaseUrl,
    entities: [],
    migrations: [],
    poolSize: 1,
    statementTimeoutMs: 30_000,
  });
  return {
    services: { legacy, database, settlements: createSettlements(database), clock: systemClock },
    close: async () => void (await Promise.all([database.destroy(), legacy.close()])),
  };
}
