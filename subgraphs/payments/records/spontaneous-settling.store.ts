import type { DataSource, EntityManager } from 'typeorm';
import type { CodiceFiscale, Iuv } from '../../../core/values/index.ts';
import type { InstalmentKey } from '../../../legacy/ports/school-billing.port.ts';
import { firstSettlements, insertParts } from '../../shared/settlements/settlement.store.ts';
import type { SpontaneousRecord } from './spontaneous.store.ts';

/**
 * Records the instalments that each spontaneous payment settles, at the first settlement of its IUV: those that
 * the payer chose, in their order, each with its chosen amount, as far as the money goes. One statement; other
 * payments, and those recorded before, are left unchanged.
 */
export async function recordInstalments(
  manager: EntityManager,
  creditor: string,
  iuvs: readonly string[],
): Promise<void> {
  await manager.query(
    `WITH settled AS (
       SELECT p.id AS payment_id, p.owner, s.id AS settlement_id, s.amount
       FROM spontaneous_payment p JOIN ${firstSettlements('$1', '$2')} s ON s.iuv = p.iuv
       WHERE p.creditor = $1
     ), closed AS (
       UPDATE spontaneous_instalment SET is_open = false
       WHERE is_open AND payment_id IN (SELECT payment_id FROM settled)
     ) ${insertParts(`SELECT settlement_id, owner, year, number, rata, least(chosen, paid - before) FROM (
       SELECT s.settlement_id, s.owner, s.amount AS paid, t.year, t.number, t.rata, t.amount AS chosen,
         coalesce(sum(t.amount) OVER (PARTITION BY s.payment_id ORDER BY t.year, t.number, t.rata
           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before
       FROM settled s JOIN spontaneous_instalment t USING (payment_id)
     ) AS parts WHERE before < paid`)}`,
    [creditor, iuvs],
  );
}

/** A debt made here, as its receipt needs it. */
export type OwedSpontaneous = Pick<SpontaneousRecord, 'amount' | 'description'> & {
  readonly debtor: CodiceFiscale;
  readonly instalments: readonly InstalmentKey[];
};

export async function findOwed(
  on: DataSource,
  { creditor, iuv }: Pick<SpontaneousRecord, 'creditor' | 'iuv'>,
): Promise<OwedSpontaneous | null> {
  const [own] = await on.query<{ owed: OwedSpontaneous }[]>(
    `SELECT jsonb_build_object('debtor', p.payer, 'amount', p.amount, 'description', p.description, 'instalments',
       (SELECT coalesce(jsonb_agg(jsonb_build_object('year', t.year, 'number', t.number, 'rata', t.rata)), '[]')
        FROM spontaneous_instalment t WHERE t.payment_id = p.id)) AS owed
     FROM spontaneous_payment p WHERE p.iuv = $1 AND p.creditor = $2`,
    [iuv, creditor],
  );
  return own?.owed ?? null;
}

/** Debtor and amount of those of these debts that were made here. */
export function findAmounts(
  on: DataSource,
  creditor: CodiceFiscale,
  iuvs: readonly Iuv[],
): Promise<readonly (Pick<SpontaneousRecord, 'iuv' | 'amount'> & { readonly debtor: CodiceFiscale })[]> {
  return on.query(
    `SELECT iuv, payer AS debtor, amount::float8 AS amount FROM spontaneous_payment
     WHERE creditor = $1 AND iuv = ANY($2::text[])`,
    [creditor, iuvs],
  );
}
