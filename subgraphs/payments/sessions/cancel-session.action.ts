import type { EntityManager } from 'typeorm';
import type { Instant } from '../../../core/values/index.ts';
import { type Entitlement, entitlementOf } from '../../shared/entitlement.ts';
import { notAllowed } from '../../shared/problem.ts';
import { recordAccess, recordWrite } from '../../shared/record-access.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import { ownDebts } from '../debt/debtor.loader.ts';
import { activeUntil } from '../records/activation.ts';
import { cancelSession, findSession, lockSession, type Session } from '../records/session.store.ts';
import {
  type CancelPaymentSessionResult,
  PaymentSessionCancelled,
  toUnderWay,
} from './cancel-session.result.ts';
import { isHiddenSession, isSessionId, ownOpenSessions, showSession } from './session.loader.ts';

/**
 * Ends a session for anyone holding its id, unless pagoPA is collecting for it. A repetition changes nothing.
 *
 * Its cart at Checkout stays open, because Checkout cannot close it: a payment with it still pays the debt, and
 * the session becomes SETTLED.
 */
export async function cancelPaymentSession(
  context: RequestContext,
  id: string,
): Promise<CancelPaymentSessionResult> {
  const entitlement = await entitlementOf(context);
  const ended = isSessionId(id)
    ? await context.database.transaction((manager) => cancel(context, manager, entitlement, id))
    : null;
  if (ended === null) {
    recordAccess(context, 'Payment.cancel', 'refused', []);
    return notAllowed(context);
  }
  const { session, until } = ended;
  if (until !== null || session.state === 'SETTLED') return toUnderWay(context, until);
  ownOpenSessions.forget(context);
  ownDebts.forget(context);
  return Object.assign(new PaymentSessionCancelled(), { session: await showSession(context, session) });
}

/** The current session, and the time until which pagoPA collects for it; null if there is no such session. */
async function cancel(
  context: RequestContext,
  manager: EntityManager,
  entitlement: Entitlement,
  id: string,
): Promise<{ readonly session: Session; readonly until: Instant | null } | null> {
  const now = context.clock.now();
  await lockSession(manager, id);
  const before = await findSession(manager, id, now);
  if (before === null || isHiddenSession(entitlement, before)) return null;
  const until = await activeUntil(manager, id, now);
  if (until === null && (await cancelSession(manager, id, now)))
    await recordWrite(context, manager, 'Payment.cancel', []);
  const session = await findSession(manager, id, now);
  return session === null ? null : { session, until };
}
