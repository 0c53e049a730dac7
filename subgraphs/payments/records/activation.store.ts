import type { DataSource } from 'typeorm';
import type { CodiceFiscale, Instant, Iuv } from '../../../core/values/index.ts';

/** A debt that pagoPA is collecting: until it ends, no other payment is possible. */
export interface Lock {
  readonly creditor: CodiceFiscale;
  readonly iuv: Iuv;
  /** The latest time at which pagoPA gives up. */
  readonly lockedUntil: Instant;
  /** The cart that is being paid; null if the payment has no cart of this gateway. */
  readonly cartId: string | null;
}

/** SQL: the locks that are still held at `now`, as a JSON list. */
export const openLocks = (isWanted: (alias: string) => string, now: string) =>
  `(SELECT coalesce(jsonb_agg(jsonb_build_object('creditor', a.creditor, 'iuv', a.iuv, 'lockedUntil', a.locked_until,
      'cartId', a.cart_id)), '[]') FROM payment_activation a WHERE a.locked_until > ${now} AND ${isWanted('a')})`;

/** SQL: the locked debts of a creditor, as rows of `iuv`, `until` and `cartId`. */
export const lockedDebts = (creditor: string, iuvs: string, now: string) =>
  `SELECT iuv, locked_until AS until, cart_id AS "cartId" FROM payment_activation
   WHERE locked_until > ${now} AND creditor = ${creditor} AND iuv = ANY(${iuvs}::text[])`;

/** SQL: the cart that pagoPA last collected a debt for. */
export const lastCartOf = (iuv: string, creditor: string) =>
  `(SELECT a.cart_id FROM payment_activation a WHERE a.iuv = ${iuv} AND a.creditor = ${creditor})`;

/** SQL: the locks that are still held at `now`, as a relation. */
export const activeLocks = (now: string) =>
  `(SELECT iuv, creditor, cart_id, locked_until FROM payment_activation WHERE locked_until > ${now})`;

/**
 * SQL: stores an activation if a condition holds; a later one replaces the earlier one. Parameters: creditor, iuv,
 * debtor, cart, time, end of the lock.
 */
export const insertActivation = (condition: string) =>
  `INSERT INTO payment_activation (creditor, iuv, debtor, cart_id, activated_at, locked_until)
   SELECT $1, $2, $3, $4, $5, $6 WHERE ${condition}
   ON CONFLICT (iuv, creditor) DO UPDATE
     SET debtor = $3, cart_id = $4, activated_at = $5, locked_until = $6
   RETURNING cart_id`;

/** Deletes an activation that pagoPA reports as failed. */
export async function releaseActivation(
  database: DataSource,
  { creditor, iuv }: Pick<Lock, 'creditor' | 'iuv'>,
): Promise<void> {
  await database.query('DELETE FROM payment_activation WHERE iuv = $1 AND creditor = $2', [iuv, creditor]);
}
