import type { EntityManager } from 'typeorm';

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
       SELECT DISTINCT ON (p.id) p.id AS payment_id, p.owner, s.id AS settlement_id, s.amount
       FROM spontaneous_payment p JOIN settlement s ON s.iuv = p.iuv AND s.creditor = p.creditor
       WHERE p.creditor = $1 AND p.iuv = ANY($2::text[]) ORDER BY p.id, s.id
     ), closed AS (
       UPDATE spontaneous_instalment SET is_open = false
       WHERE is_open AND payment_id IN (SELECT payment_id FROM settled)
     ) INSERT INTO settlement_instalment (settlement_id, applicant, year, number, rata, amount)
     SELECT settlement_id, owner, year, number, rata, least(chosen, paid - before) FROM (
       SELECT s.settlement_id, s.owner, s.amount AS paid, t.year, t.number, t.rata, t.amount AS chosen,
         coalesce(sum(t.amount) OVER (PARTITION BY s.payment_id ORDER BY t.year, t.number, t.rata
           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before
       FROM settled s JOIN spontaneous_instalment t USING (payment_id)
     ) AS parts WHERE before < paid
     ON CONFLICT DO NOTHING`,
    [creditor, iuvs],
  );
}
