import type { EntityManager } from 'typeorm';
import type { NewItem } from './session.store.ts';

/**
 * Locks the debts until the transaction ends, so that a payment's start and a receipt's arrival exclude each
 * other. Locks are taken in one order, which prevents deadlocks.
 */
export async function lockDebts(
  manager: EntityManager,
  debts: readonly Pick<NewItem, 'creditor' | 'iuv'>[],
): Promise<void> {
  await manager.query(
    `SELECT pg_advisory_xact_lock(h) FROM (SELECT DISTINCT hashtextextended(k, 0) AS h
       FROM unnest($1::text[]) AS k ORDER BY h) AS keys`,
    [debts.map(({ creditor, iuv }) => `${creditor}/${iuv}`)],
  );
}
