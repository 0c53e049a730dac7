import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { clientOf } from '../../../core/identity/caller.ts';
import { orWhenAborted } from '../../../core/resilience/or-when-aborted.ts';
import type { CodiceFiscale, Instant, Iuv } from '../../../core/values/index.ts';
import { recordWrite } from '../../shared/record-access.ts';
import type { RequestContext, Services } from '../../shared/request-context.ts';
import { settledDebts } from '../../shared/settlements/settlement.store.ts';
import { debtorOf } from '../debt/debtor.loader.ts';
import { lockedDebts } from '../records/activation.store.ts';
import { instantOf } from '../records/instant-of.ts';
import { lockDebts } from '../records/lock-debts.ts';
import { debtsWithReceipt } from '../records/receipt.store.ts';
import { createCapability, type RequestKey } from '../records/request-key.ts';
import {
  abandonSession,
  expireRequest,
  findSession,
  findSessionByRequest,
  insertSession,
  keepCart,
  type NewItem,
  type Session,
} from '../records/session.store.ts';
import { returnUrlsOf } from './return-address.rules.ts';

/** The job that asks for receipts; its keys are session numbers. */
export const receiptsQueue = 'payments.receipts';

/** After this time no caller waits for a cart: a session without one was abandoned. */
export const cartGraceMs = 10_000;

/** Time limit of all calls to pagoPA together, below the four seconds that callers are promised. */
export const pagopaBudgetMs = 3_300;

export interface CartRequest {
  readonly request: RequestKey;
  readonly creditor: CodiceFiscale;
  readonly creditorName: string;
  /** One to five debts of one creditor. */
  readonly items: readonly NewItem[];
  readonly email: string | null;
  readonly returnAddress: URL;
  /** For the audit trail: the debt and its debtor. */
  readonly event: { readonly action: string; readonly subjectIds: readonly string[] };
}

export interface DebtLock {
  readonly iuv: Iuv;
  readonly until: Instant;
  readonly cartId: string | null;
}

export type OpenedSession =
  | { readonly outcome: 'open'; readonly session: Session }
  | { readonly outcome: 'keyReused' }
  /** pagoPA is collecting some of the debts. */
  | { readonly outcome: 'locked'; readonly locks: readonly DebtLock[] }
  | { readonly outcome: 'paid'; readonly iuvs: readonly Iuv[] }
  /** pagoPA refuses a payment of one of the debts now. */
  | { readonly outcome: 'notPayable' }
  | { readonly outcome: 'unavailable' };

/**
 * Starts a payment: stores a session first, then creates the cart at Checkout.
 *
 * The same key leads to the same session, also for simultaneous calls: payers are redirected to the first cart; an
 * unused cart does no harm. If the process dies between the two steps, the session has no cart; the next call with
 * its key completes it, or the job ends it.
 */
export async function openSession(
  context: RequestContext,
  asked: CartRequest,
  signal: AbortSignal = AbortSignal.timeout(pagopaBudgetMs),
): Promise<OpenedSession> {
  const begun = await beginSession(context, asked);
  if (begun.outcome !== 'open' || begun.session.checkoutUrl !== null) return begun;
  if (begun.session.state !== 'STARTED') return begun;
  return addCart(context, asked, begun.session, signal);
}

/** The session of a key, if there is one: for the same request, or for another one. */
export async function findOpened(
  { database, clock }: Pick<Services, 'database' | 'clock'>,
  request: RequestKey,
): Promise<OpenedSession | null> {
  const session = await findSessionByRequest(database, request, clock.now());
  return session === null ? null : asKnown(session, request.content);
}

function asKnown(session: Session, content: string): OpenedSession {
  if (session.requestContent !== content) return { outcome: 'keyReused' };
  return { outcome: 'open', session };
}

/**
 * Two calls may insert the same key, and the session that one of them finds may have ended by the time it is read.
 */
const mostAttempts = 5;

async function beginSession(
  context: RequestContext,
  asked: CartRequest,
  attempt = 1,
): Promise<OpenedSession> {
  try {
    return await context.database.transaction((manager) => begin(context, manager, asked));
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    const known = await findOpened(context, asked.request);
    if (known !== null) return known;
    if (attempt === mostAttempts) throw error;
    return beginSession(context, asked, attempt + 1);
  }
}

async function begin(
  context: RequestContext,
  manager: EntityManager,
  { request, creditor, items, event }: CartRequest,
): Promise<OpenedSession> {
  const { clock, jobs, paying } = context;
  const now = clock.now();
  const iuvs = items.map(({ iuv }) => iuv);
  await lockDebts(manager, items);
  await expireRequest(manager, request, now);
  const known = await findSessionByRequest(manager, request, now);
  if (known !== null) return asKnown(known, request.content);
  const blocked = await findBlocked(manager, creditor, iuvs, now);
  if (blocked !== null) return blocked;
  const id = createCapability();
  const number = await insertSession(manager, {
    id,
    creditor,
    owner: debtorOf(context),
    client: clientOf(context.caller),
    requestKey: request.key,
    requestContent: request.content,
    createdAt: now,
    expiresAt: new Date(now.getTime() + paying.lockMs),
    items,
  });
  await recordWrite(context, manager, event.action, event.subjectIds);
  await jobs.add(manager, receiptsQueue, String(number), new Date(now.getTime() + cartGraceMs));
  const session = await findSession(manager, id, now);
  if (session === null) throw new Error('A session that was just written was expected.');
  return { outcome: 'open', session };
}

async function findBlocked(
  manager: EntityManager,
  creditor: CodiceFiscale,
  iuvs: readonly Iuv[],
  now: Date,
): Promise<OpenedSession | null> {
  const rows = await manager.query<{ iuv: Iuv; until: string | null; cartId: string | null }[]>(
    `SELECT iuv, NULL::timestamptz AS until, NULL AS "cartId" FROM (${settledDebts('$1', '$2')}) AS s
     UNION SELECT iuv, NULL, NULL FROM (${debtsWithReceipt('$1', '$2')}) AS r
     UNION ${lockedDebts('$1', '$2', '$3')}`,
    [creditor, iuvs, now],
  );
  const paid = rows.filter(({ until }) => until === null).map(({ iuv }) => iuv);
  if (paid.length > 0) return { outcome: 'paid', iuvs: paid };
  const locks = rows.flatMap(({ iuv, until, cartId }) =>
    until === null ? [] : [{ iuv, until: instantOf(until), cartId }],
  );
  return locks.length === 0 ? null : { outcome: 'locked', locks };
}

async function addCart(
  services: Services,
  { creditor, creditorName, items, email, returnAddress }: CartRequest,
  { id }: Session,
  signal: AbortSignal,
): Promise<OpenedSession> {
  const { database, clock, pagopa } = services;
  const cartId = randomUUID();
  const notices = items.map(({ numeroAvviso, amount, description }) => ({
    numeroAvviso,
    creditor,
    creditorName,
    amount,
    description,
  }));
  const call = { cartId, notices, email, returnUrls: returnUrlsOf(returnAddress, id) };
  const unavailable = () => ({ outcome: 'unavailable' }) as const;
  // Also in time if the call ignores its signal.
  const cart = await orWhenAborted(signal, pagopa.createCart(call, signal).catch(unavailable), unavailable);
  if (cart.outcome === 'created') await keepCart(database, id, { cartId, checkoutUrl: cart.checkoutUrl });
  else await abandonSession(database, id, clock.now());
  const session = await findSession(database, id, clock.now());
  // Another call with the same key may have been faster, or have given up first.
  if (session !== null && session.checkoutUrl !== null) return { outcome: 'open', session };
  if (cart.outcome === 'rejected') services.log.error('payments.cart.rejected', { items: items.length });
  return { outcome: cart.outcome === 'notPayable' ? 'notPayable' : 'unavailable' };
}

/** Whether a unique index refused the row. */
export function isDuplicate(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === '23505';
}
