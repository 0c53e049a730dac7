import { AppError } from '../../../core/errors.ts';
import type { DebtRecord } from '../../../legacy/ports/payments.port.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import type { DebtStatus } from '../debt/debt-status.type.ts';
import { toReceiptRecord } from '../debt/debt-view.ts';
import type { PaymentItem } from '../notice/notice.type.ts';
import { ownRecordsByIuv, type PaymentRecords } from '../payment/payment-records.ts';
import { toReceipt } from '../payment/receipt.type.ts';
import { receiptsQueue } from './open-session.action.ts';
import { findSession, type Session, type SessionItem } from './session.store.ts';
import { type PaymentSession, toPaymentSession } from './session.type.ts';

/** A page that waits for the payment asks every few seconds: pagoPA is asked no more often than this. */
const askAgainMs = 4_000;

/** A session as whoever has its id may see it. */
export async function readSession(context: RequestContext, id: string): Promise<PaymentSession | null> {
  // Nothing else is an id: the same null, and the database is not asked about odd characters.
  if (!/^[\w-]{32}$/.test(id)) return null;
  const session = await findSession(context.database, id, context.clock.now());
  if (session === null) return null;
  await askSooner(context, session);
  return showSession(context, session);
}

export async function showSession(context: RequestContext, session: Session): Promise<PaymentSession> {
  const iuvs = session.items.map(({ iuv }) => iuv);
  const own = await ownRecordsByIuv(context.database, iuvs, context.clock.now());
  const isSettled = session.state === 'SETTLED' || session.state === 'STARTED';
  const register = isSettled ? [] : await statusesInRegister(context, session);
  return toPaymentSession(
    session,
    session.items.map((item, position) => toItem(item, own, register[position] ?? 'PAYABLE')),
  );
}

/** Somebody waits: the receipts are asked for now and not when the job would have done it. */
async function askSooner({ database, clock, jobs }: RequestContext, session: Session): Promise<void> {
  if (session.state !== 'STARTED' || session.checkoutUrl === null) return;
  const last = Date.parse(session.askedAt ?? session.createdAt);
  if (clock.now().getTime() - last >= askAgainMs)
    await jobs.add(database.manager, receiptsQueue, String(session.number));
}

/** How the debts of a session that is over stand in the register. UNKNOWN when it does not say: the session is shown all the same. */
async function statusesInRegister(
  { legacy, log }: RequestContext,
  { items }: Session,
): Promise<readonly (DebtStatus | null)[]> {
  const statusOf = (debt: DebtRecord | null) => debt?.status ?? null;
  try {
    return (await legacy.payments.debtsByNotice(items)).map(statusOf);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    log.warn('payments.session.register', { code: error.code });
    return items.map(() => 'UNKNOWN');
  }
}

function toItem(item: SessionItem, own: PaymentRecords, inRegister: DebtStatus): PaymentItem {
  const isIt = (other: { readonly creditor: string; readonly iuv: string }) =>
    other.creditor === item.creditor && other.iuv === item.iuv;
  const { numeroAvviso, description, amount } = item;
  const receipt = own.receipts.find(isIt);
  const lock = receipt === undefined ? own.locks.find(isIt) : undefined;
  return {
    numeroAvviso,
    description,
    amount,
    status: receipt !== undefined ? 'PAID' : lock !== undefined ? 'PAYMENT_IN_PROGRESS' : inRegister,
    lockedUntil: lock?.lockedUntil ?? null,
    receipt: receipt === undefined ? null : toReceipt(toReceiptRecord(receipt), false, item),
  };
}
