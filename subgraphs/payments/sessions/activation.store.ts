import type { DataSource, EntityManager } from 'typeorm';
import type { Instant } from '../../../core/values/index.ts';
import type { DebtView } from '../debt/debt-view.ts';
import { instantOf } from '../debt/payment-records.ts';

/**
 * Records that pagoPA begins to collect a debt, and until when: its session lasts as long. Returns false and
 * records nothing if the debt was paid meanwhile.
 *
 * pagoPA activates once for each payment and never while another one is open: a later activation replaces the
 * earlier one.
 */
export async function recordActivation(
  database: DataSource,
  { creditor, iuv, debtor }: Pick<DebtView, 'creditor' | 'iuv' | 'debtor'>,
  cartId: string | null,
  now: Date,
  until: Date,
): Promise<boolean> {
  const [row] = await database.query<{ noted: number }[]>(
    `WITH noted AS (
       INSERT INTO payment_activation (creditor, iuv, debtor, cart_id, activated_at, locked_until)
       SELECT $1, $2, $3, $4, $5, $6
       WHERE NOT EXISTS (SELECT 1 FROM payment_receipt WHERE iuv = $2 AND creditor = $1)
         AND NOT EXISTS (SELECT 1 FROM settlement WHERE iuv = $2 AND creditor = $1)
       ON CONFLICT (iuv, creditor) DO UPDATE
         SET debtor = $3, cart_id = $4, activated_at = $5, locked_until = $6
       RETURNING cart_id
     ), kept AS (
       UPDATE payment_session s SET expires_at = $6 FROM noted
       WHERE s.cart_id = $7::uuid AND s.state = 'STARTED' AND s.expires_at > $5 AND s.expires_at < $6
     ) SELECT count(*)::int AS noted FROM noted`,
    [creditor, iuv, debtor, cartId, now, until, isUuid(cartId) ? cartId : null],
  );
  return row?.noted === 1;
}

/** Deletes an activation that pagoPA reports as failed. */
export async function releaseActivation(
  database: DataSource,
  { creditor, iuv }: Pick<DebtView, 'creditor' | 'iuv'>,
): Promise<void> {
  await database.query('DELETE FROM payment_activation WHERE iuv = $1 AND creditor = $2', [iuv, creditor]);
}

/** The time until which pagoPA collects for a session's cart; null if it does not. */
export async function activeUntil(
  manager: EntityManager,
  sessionId: string,
  now: Date,
): Promise<Instant | null> {
  const [row] = await manager.query<{ until: string | null }[]>(
    `SELECT max(a.locked_until) AS until FROM payment_session s
       JOIN payment_session_item i ON i.session_id = s.id AND i.receipt_id IS NULL
       JOIN payment_activation a ON a.iuv = i.iuv AND a.creditor = i.creditor AND a.cart_id = s.cart_id::text
     WHERE s.id = $1 AND a.locked_until > $2`,
    [sessionId, now],
  );
  return row?.until == null ? null : instantOf(row.until);
}

/** The node passes on any text of the payment: only ids of our own carts have this form. */
function isUuid(text: string | null): boolean {
  return text !== null && /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);
}
