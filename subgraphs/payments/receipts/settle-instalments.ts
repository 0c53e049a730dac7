import type { EntityManager } from 'typeorm';
import type { PagopaReceipt } from '../../shared/pagopa/pagopa.port.ts';

/**
 * Says which instalments a spontaneous payment settles: exactly those that the payer chose, in their order, each with
 * what it was chosen for, as far as the money goes.
 */
export async function recordInstalments(
  manager: EntityManager,
  settlementId: string,
  { creditor, iuv, amount }: Pick<PagopaReceipt, 'creditor' | 'iuv' | 'amount'>,
): Promise<void> {
  await manager.query(
    `WITH closed AS (
       UPDATE spontaneous_instalment t SET is_open = false FROM spontaneous_payment p
       WHERE t.payment_id = p.id AND p.iuv = $2 AND p.creditor = $3
     ) INSERT INTO settlement_instalment (settlement_id, applicant, year, number, rata, amount)
     SELECT $1, owner, year, number, rata, least(amount, $4::bigint - before) FROM (
       SELECT p.owner, t.year, t.number, t.rata, t.amount,
         coalesce(sum(t.amount) OVER (ORDER BY t.year, t.number, t.rata ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before
       FROM spontaneous_payment p JOIN spontaneous_instalment t ON t.payment_id = p.id
       WHERE p.iuv = $2 AND p.creditor = $3
     ) AS chosen WHERE before < $4::bigint
     ON CONFLICT DO NOTHING`,
    [settlementId, iuv, creditor, amount],
  );
}
