import { addDays, romeLocalToInstant } from '../../../core/values/index.ts';
import type { JobDefinition } from '../../shared/jobs/job.ts';
import type { Services } from '../../shared/request-context.ts';
import { receiveReceipts } from '../receipts/receive-receipt.action.ts';
import {
  dropSpontaneous,
  findWatched,
  noteWithdrawn,
  type WatchedPayment,
} from '../records/spontaneous.store.ts';
import { iupdOf, spontaneousQueue } from './create-spontaneous-payment.action.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Time for payers who are a little late, and for slow banks. */
const graceDays = 7;
/** Money may have been in transfer when the position was withdrawn. */
const afterMs = 3 * dayMs;

/**
 * Checks daily whether a spontaneous payment was paid, also at a counter, and withdraws it at GPD if it was not
 * paid in time. A payment that no caller was shown is withdrawn after a day: GPD may hold it all the same.
 */
export const watchSpontaneous: JobDefinition = {
  queue: spontaneousQueue,
  concurrency: 1,
  timeoutMs: 30_000,
  run: (services, key, signal) => watch(services, Number(key), signal),
};

async function watch(services: Services, id: number, signal: AbortSignal): Promise<Date | null> {
  const { database, pagopa, clock } = services;
  const payment = await findWatched(database, id);
  if (payment === null || payment.isSettled) return null;
  const receipts = await pagopa.receiptsOf(payment.creditor, payment.iuv, signal);
  await receiveReceipts(services, receipts, 'POLL');
  if (receipts.length > 0) return null;

  const now = clock.now().getTime();
  const endsAt = endOf(payment);
  if (now < endsAt) return new Date(Math.min(now + dayMs, endsAt));
  if (payment.state === 'WITHDRAWN') return now < endsAt + afterMs ? new Date(now + dayMs) : null;
  if (payment.state === 'RECORDED') await dropSpontaneous(database, id);
  const { outcome } = await pagopa.withdrawPosition(payment.creditor, iupdOf(payment), signal);
  // It was paid and its receipt is pending, or GPD did not respond.
  if (outcome !== 'withdrawn') return new Date(now + hourMs);
  services.log.info('payments.position.withdrawn', { id });
  return (await noteWithdrawn(database, id)) ? new Date(now + dayMs) : null;
}

function endOf({ state, dueOn, createdAt }: WatchedPayment): number {
  if (state === 'RECORDED' || state === 'DROPPED') return Date.parse(createdAt) + dayMs;
  return Date.parse(romeLocalToInstant(`${addDays(dueOn, graceDays + 1)}T00:00:00`));
}
