import type { DataSource, EntityManager } from 'typeorm';
import type { Instant } from '../../../core/values/index.ts';
import { isSettled } from '../../shared/settlements/settlement.store.ts';
import { activeLocks, insertActivation } from './activation.store.ts';
import { instantOf } from './instant-of.ts';
import { hasReceipt } from './receipt.store.ts';
import { prolongSession, type SessionItem, unpaidItems } from './session.store.ts';

/**
 * Records that pagoPA begins to collect a debt, and until when: its session lasts as long. Returns false and
 * records nothing if the debt was paid meanwhile.
 *
 * pagoPA activates once for each payment and never while another one is open: a later activation replaces the
 * earlier one.
 */
export async function recordActivation(
  database: DataSource,
  { creditor, iuv, debtor }: Pick<SessionItem, 'creditor' | 'iuv' | 'debtor'>,
  cartId: string | null,
  now: Date,
  until: Date,
): Promise<boolean> {
  const [row] = await database.query<{ noted: number }[]>(
    `WITH noted AS (
       ${insertActivation(`NOT ${hasReceipt('$2', '$1')} AND NOT ${isSettled('$2', '$1')}`)}
     ), kept AS (
       ${prolongSession({ cartId: '$7', now: '$5', until: '$6', onlyIf: 'noted' })}
     ) SELECT count(*)::int AS noted FROM noted`,
    [creditor, iuv, debtor, cartId, now, until, isUuid(cartId) ? cartId : null],
  );
  return row?.noted === 1;
}

/** The time until which pagoPA collects for a session's cart; null if it does not. */
export async function activeUntil(
  manager: EntityManager,
  sessionId: string,
  now: Date,
): Promise<Instant | null> {
  const [row] = await manager.query<{ until: string | null }[]>(
    `SELECT max(a.locked_until) AS until FROM ${unpaidItems('$1')} i
       JOIN ${activeLocks('$2')} a ON a.iuv = i.iuv AND a.creditor = i.creditor AND a.cart_id = i.cart_id::text`,
    [sessionId, now],
  );
  return row?.until == null ? null : instantOf(row.until);
}

/** The node passes on any text of the payment: only ids of our own carts have this form. */
function isUuid(text: string | null): boolean {
  return text !== null && /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);
}
