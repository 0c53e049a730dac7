import type { JobDefinition } from '../../shared/jobs/job.ts';
import type { Services } from '../../shared/request-context.ts';
import {
  abandonSession,
  expireSession,
  findAskers,
  findSessionByNumber,
  noteAsked,
  type Session,
} from '../records/session.store.ts';
import { cartGraceMs, receiptsQueue } from '../sessions/open-session.action.ts';
import { receiveReceipts } from './receive-receipt.action.ts';

const shortestWaitMs = 5_000;
const longestWaitMs = 6 * 3_600_000;
/** A receipt later than this after the session's end arrives by the node or not at all. */
const horizonMs = 3 * 24 * 3_600_000;

/** Asks pagoPA for the receipts of a session, and ends the session when its time is over. */
export const askReceipts: JobDefinition = {
  queue: receiptsQueue,
  concurrency: 2,
  timeoutMs: 30_000,
  run: (services, key, signal) => askForSession(services, Number(key), signal),
};

async function askForSession(services: Services, number: number, signal: AbortSignal): Promise<Date | null> {
  const { database, clock } = services;
  const session = await findSessionByNumber(database, number, clock.now());
  if (session === null) return null;
  await endWhatIsOver(services, session);
  const asked = (await findAskers(database, session.id)).filter((asker) => asker.number === number);
  if (asked.length > 0) await noteAsked(database, session.id, clock.now());
  for (const { creditor, iuv } of asked) {
    const receipts = await services.pagopa.receiptsOf(creditor, iuv, signal);
    await receiveReceipts(services, receipts, 'POLL');
  }
  const after = await findSessionByNumber(database, number, clock.now());
  return after === null ? null : nextLook(after, clock.now(), asked.length > 0);
}

async function endWhatIsOver({ database, clock }: Services, session: Session): Promise<void> {
  const now = clock.now();
  await expireSession(database, session.id, now);
  // The process died before it had a cart: no payer was redirected.
  if (now.getTime() - Date.parse(session.createdAt) >= cartGraceMs)
    await abandonSession(database, session.id, now);
}

/**
 * The next time to ask: often at first, then after a quarter of the session's age, and at its end. If newer
 * sessions ask for the same debts, only the end remains. Null if the job is done.
 */
function nextLook(session: Session, now: Date, isAsking: boolean): Date | null {
  const { state, checkoutUrl, items } = session;
  if (items.every(({ receiptId }) => receiptId !== null)) return null;
  if (checkoutUrl === null && state !== 'STARTED') return null;
  const [created, expires] = [Date.parse(session.createdAt), Date.parse(session.expiresAt)];
  if (!isAsking) return state === 'STARTED' ? new Date(expires) : null;
  if (now.getTime() > expires + horizonMs) return null;
  const wait = Math.min(Math.max((now.getTime() - created) / 4, shortestWaitMs), longestWaitMs);
  const next = now.getTime() + wait;
  return new Date(state === 'STARTED' ? Math.min(next, expires) : next);
}
