import { AppError } from '../../../core/errors.ts';
import { ContractBroken, type Found } from '../../../core/unreadable.ts';
import type { DebtRecord } from '../../../legacy/ports/payments.port.ts';
import { type Entitlement, entitlementOf, isHiddenKey } from '../../shared/entitlement.ts';
import { defineOnce } from '../../shared/loader.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import type { DebtStatus } from '../debt/debt-status.type.ts';
import { type DebtView, toReceiptRecord } from '../debt/debt-view.ts';
import { debtorOf } from '../debt/debtor.loader.ts';
import { toReceipt } from '../debt/receipt.type.ts';
import type { PaymentItem } from '../notice/notice.type.ts';
import { ownRecordsByIuv, type PaymentRecords } from '../records/payment-records.ts';
import {
  findAskers,
  findOpenSessionsOf,
  findSession,
  type Session,
  type SessionItem,
} from '../records/session.store.ts';
import { receiptsQueue } from './open-session.action.ts';
import { type PaymentSession, toPaymentSession } from './session.type.ts';

/** A page that waits for a payment polls every few seconds: pagoPA is asked no more often than this. */
const askAgainMs = 4_000;

/** Any other text is not an id: the result is the same null, without a query. */
export function isSessionId(id: string): boolean {
  return /^[\w-]{32}$/.test(id);
}

/** A session for anyone holding its id. */
export async function readSession(context: RequestContext, id: string): Promise<PaymentSession | null> {
  if (!isSessionId(id)) return null;
  const [session, entitlement] = await Promise.all([
    findSession(context.database, id, context.clock.now()),
    entitlementOf(context),
  ]);
  if (session === null || isHiddenSession(entitlement, session)) return null;
  await askSooner(context, session);
  return showSession(context, session);
}

/** Whether the session pays a debt for a child that is hidden from the caller, whoever started it. */
export function isHiddenSession(entitlement: Entitlement, { items }: Session): boolean {
  return items.some(({ childKey }) => isHiddenKey(entitlement, childKey));
}

export async function showSession(context: RequestContext, session: Session): Promise<PaymentSession> {
  const isSettled = session.state === 'SETTLED' || session.state === 'STARTED';
  const statuses = isSettled ? [] : await legacyStatuses(context, session);
  return shown(session, await ownRecordsOfItems(context, [session]), statuses);
}

/**
 * The sessions that the caller started and can still pay with, newest first: one statement for the sessions, and
 * one for all items.
 */
export const ownOpenSessions = defineOnce(async (context: RequestContext): Promise<readonly OwnSession[]> => {
  const owner = debtorOf(context);
  if (owner === null) return [];
  const sessions = await findOpenSessionsOf(context.database, owner, context.clock.now());
  const own = sessions.length === 0 ? null : await ownRecordsOfItems(context, sessions);
  return own === null ? [] : sessions.map((session) => ({ session, shown: shown(session, own, []) }));
});

interface OwnSession {
  readonly session: Session;
  readonly shown: PaymentSession;
}

/** The caller's session for paying a debt: the one that pagoPA collects for, or the newest. */
export async function ownSessionOf(
  context: RequestContext,
  { creditor, iuv, cartId }: Pick<DebtView, 'creditor' | 'iuv' | 'cartId'>,
): Promise<PaymentSession | null> {
  const isIt = (item: SessionItem) =>
    item.creditor === creditor && item.iuv === iuv && item.receiptId === null;
  const sessions = (await ownOpenSessions(context)).filter(({ session }) => session.items.some(isIt));
  const active = sessions.find(({ session }) => cartId !== null && session.cartId === cartId);
  return (active ?? sessions[0])?.shown ?? null;
}

/** The caller's session of one of these carts; null if none is the caller's. */
export async function ownSessionOfCart(
  context: RequestContext,
  cartIds: readonly (string | null)[],
): Promise<PaymentSession | null> {
  const found = (await ownOpenSessions(context)).find(({ session }) => cartIds.includes(session.cartId));
  return found?.shown ?? null;
}

function ownRecordsOfItems(
  { database, clock }: RequestContext,
  sessions: readonly Session[],
): Promise<PaymentRecords> {
  const iuvs = sessions.flatMap(({ items }) => items.map(({ iuv }) => iuv));
  return ownRecordsByIuv(database, iuvs, clock.now());
}

function shown(
  session: Session,
  own: PaymentRecords,
  statuses: readonly (DebtStatus | null)[],
): PaymentSession {
  const items = session.items.map((item, position) => toItem(item, own, statuses[position] ?? 'PAYABLE'));
  return toPaymentSession(session, items);
}

/** A client is waiting: the receipts are requested now, ahead of the job's schedule. */
async function askSooner({ database, clock, jobs }: RequestContext, session: Session): Promise<void> {
  if (session.state !== 'STARTED' || session.checkoutUrl === null) return;
  const latest = clock.now().getTime() - askAgainMs;
  const askers = (await findAskers(database, session.id)).filter(
    ({ lastAskedAt }) => Date.parse(lastAskedAt) <= latest,
  );
  for (const number of new Set(askers.map((asker) => asker.number)))
    await jobs.add(database.manager, receiptsQueue, String(number));
}

/**
 * The status of the debts of an ended session in the legacy system. UNKNOWN if that does not respond: the session
 * is returned all the same.
 */
async function legacyStatuses(
  { legacy, log }: RequestContext,
  { items }: Session,
): Promise<readonly (DebtStatus | null)[]> {
  const statusOf = (debt: Found<DebtRecord>) =>
    debt instanceof ContractBroken ? 'UNKNOWN' : (debt?.status ?? null);
  try {
    return (await legacy.payments.debtsByNotice(items, [])).map(statusOf);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    log.warn('payments.session.register', { code: error.code });
    return items.map(() => 'UNKNOWN');
  }
}

function toItem(item: SessionItem, own: PaymentRecords, legacyStatus: DebtStatus): PaymentItem {
  const isIt = (other: { readonly creditor: string; readonly iuv: string }) =>
    other.creditor === item.creditor && other.iuv === item.iuv;
  const { numeroAvviso, description, amount } = item;
  const receipt = own.receipts.find(isIt);
  const lock = receipt === undefined ? own.locks.find(isIt) : undefined;
  return {
    numeroAvviso,
    description,
    amount,
    status: receipt !== undefined ? 'PAID' : lock !== undefined ? 'PAYMENT_IN_PROGRESS' : legacyStatus,
    lockedUntil: lock?.lockedUntil ?? null,
    receipt: receipt === undefined ? null : toReceipt(toReceiptRecord(receipt), false, item),
  };
}
