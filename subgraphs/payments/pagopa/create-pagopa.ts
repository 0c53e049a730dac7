import type { Clock } from '../../../core/clock.ts';
import { AppError } from '../../../core/errors.ts';
import type { Log } from '../../../core/log.ts';
import type { PagopaConfig, PagopaTerms } from '../../../core/pagopa-config.ts';
import { withinBudget } from '../../../core/resilience/budget.ts';
import type { GuardWatch } from '../../../core/resilience/guard.ts';
import type { CodiceFiscale, Iuv } from '../../../core/values/index.ts';
import type {
  CartOutcome,
  NewPosition,
  Pagopa,
  PagopaReceipt,
  PositionOutcome,
  WithdrawalOutcome,
} from '../../shared/pagopa/pagopa.port.ts';
import { toCartOutcome, toCartRequest } from './cart.mapper.ts';
import {
  isSamePosition,
  type PositionRequest,
  statusOf,
  toPositionRequest,
  withdrawalOutcomes,
} from './position.mapper.ts';
import { toReceipt } from './receipt.mapper.ts';
import type { ApiAnswer } from './wire/call-api.ts';
import { receiptIdsIn } from './wire/receipt-ids.ts';
import { createService, type Service } from './wire/service.ts';

interface PagopaTools {
  readonly log: Log;
  readonly clock: Clock;
  readonly watch?: GuardWatch | undefined;
}

/** pagoPA over HTTP: Checkout, GPD and the two receipt services. The first call opens the first connection. */
export function createPagopa(config: PagopaConfig, { log, clock, watch = {} }: PagopaTools): Pagopa {
  const { keys, timeoutMs, terms } = config;
  const checkout = createService({
    name: 'checkout',
    url: config.checkoutUrl,
    key: keys.checkout,
    timeoutMs,
    watch,
  });
  const gpd = createService({ name: 'gpd', url: config.gpdUrl, key: keys.gpd, timeoutMs, watch });
  const byIuv = createService({
    name: 'receipts by IUV',
    url: config.gpdReceiptsUrl,
    key: keys.receipts,
    timeoutMs,
    watch,
  });
  const byIur = createService({
    name: 'receipts by IUR',
    url: config.receiptsUrl,
    key: keys.receipts,
    timeoutMs,
    watch,
  });
  return {
    async createCart(cart, signal) {
      // An unused cart does no harm.
      const sent = checkout.callAgain('POST', '/carts', toCartRequest(cart), signal);
      const answer = await answerIn(log, checkout, sent);
      if (answer === null) return { outcome: 'unavailable' };
      const outcome = toCartOutcome(answer, config.checkoutUrl);
      if (outcome.outcome !== 'created') report(log, checkout, answer, outcome);
      return outcome;
    },
    // Two calls share one time limit: the caller waits for both.
    createPosition: (position, signal) =>
      withinBudget(timeoutMs, () => createPosition(gpd, log, position, terms, signal)),
    withdrawPosition: (creditor, iupd, signal) =>
      withinBudget(timeoutMs, () => withdrawPosition(gpd, log, creditor, iupd, signal)),
    receiptsOf: (creditor, iuv, signal) =>
      withinBudget(timeoutMs, () => receiptsOf({ byIuv, byIur }, { log, clock }, creditor, iuv, signal)),
  };
}

async function createPosition(
  gpd: Service,
  log: Log,
  position: NewPosition,
  terms: PagopaTerms,
  signal: AbortSignal | undefined,
): Promise<PositionOutcome> {
  const body = toPositionRequest(position, terms);
  const path = `/organizations/${position.creditor}/debtpositions`;
  const answer = await answerOf(log, gpd, 'POST', `${path}?toPublish=true`, body, signal);
  if (answer === null) return { outcome: 'unknown' };
  if (answer.status === 201) return { outcome: 'created' };
  if (answer.status === 409) {
    const own = `${path}/${encodeURIComponent(position.iupd)}`;
    const held = await answerOf(log, gpd, 'GET', own, undefined, signal);
    return held === null ? { outcome: 'unknown' } : heldOutcome(log, gpd, held, body);
  }
  // Statuses that a repetition would not change. A wrong key, a wrong address and too many calls are ours to
  // correct.
  const isRefusal = answer.status === 400 || answer.status === 422;
  const outcome = { outcome: isRefusal ? 'rejected' : 'unknown' } as const;
  report(log, gpd, answer, outcome);
  return outcome;
}

/**
 * GPD invalidates only payable positions: after a refusal, the position is read back. Source:
 * openapi_external_v1.json.
 */
async function withdrawPosition(
  gpd: Service,
  log: Log,
  creditor: CodiceFiscale,
  iupd: string,
  signal: AbortSignal | undefined,
): Promise<WithdrawalOutcome> {
  const path = `/organizations/${creditor}/debtpositions/${encodeURIComponent(iupd)}`;
  const answer = await answerOf(log, gpd, 'POST', `${path}/invalidate`, undefined, signal);
  if (answer?.status === 200 || answer?.status === 404) return { outcome: 'withdrawn' };
  if (answer?.status === 409) {
    const held = await answerOf(log, gpd, 'GET', path, undefined, signal);
    if (held?.status === 200) return withdrawalOf(log, gpd, held);
  }
  if (answer !== null) report(log, gpd, answer, { outcome: 'unknown' });
  return { outcome: 'unknown' };
}

function withdrawalOf(log: Log, gpd: Service, held: ApiAnswer): WithdrawalOutcome {
  try {
    const outcome = withdrawalOutcomes[statusOf(held.body)] ?? 'unknown';
    if (outcome === 'unknown') report(log, gpd, held, { outcome });
    return { outcome };
  } catch (error) {
    log.error('pagopa.unreadable', { service: gpd.name, error });
    return { outcome: 'unknown' };
  }
}

/** After a 409: our position from an earlier attempt, or another position with the same number. */
function heldOutcome(log: Log, gpd: Service, held: ApiAnswer, sent: PositionRequest): PositionOutcome {
  try {
    if (held.status === 200 && isSamePosition(held.body, sent)) return { outcome: 'created' };
  } catch (error) {
    log.error('pagopa.unreadable', { service: gpd.name, error });
    return { outcome: 'unknown' };
  }
  // 404: our iupd is free, so another position has the number.
  const isCertain = held.status === 200 || held.status === 404;
  const outcome = { outcome: isCertain ? 'rejected' : 'unknown' } as const;
  report(log, gpd, held, outcome);
  return outcome;
}

/**
 * Two services are needed: one returns receipts by IUR, which is unknown before the receipt itself, and the other
 * goes by IUV but describes its response only as text. The latter gives the IURs, the former the receipts.
 */
async function receiptsOf(
  { byIuv, byIur }: { readonly byIuv: Service; readonly byIur: Service },
  { log, clock }: PagopaTools,
  creditor: CodiceFiscale,
  iuv: Iuv,
  signal: AbortSignal | undefined,
): Promise<readonly PagopaReceipt[]> {
  const read = async (service: Service, path: string): Promise<string | null> => {
    const { status, body } = await service.callAgain('GET', path, undefined, signal);
    if (status === 404) return null;
    if (status !== 200) throw new Error(`${service.name}: 200 or 404 was expected, ${status} came.`);
    return body;
  };
  try {
    const found = await read(byIuv, `/payments/${creditor}/receipts/${iuv}`);
    const ids = found === null ? [] : receiptIdsIn(found);
    const path = (id: string) =>
      `/organizations/${creditor}/receipts/${encodeURIComponent(id)}/paymentoptions/${iuv}`;
    const details = await Promise.allSettled(ids.map((id) => read(byIur, path(id))));
    const receipts = details.flatMap((detail) =>
      detail.status === 'rejected' || detail.value === null
        ? []
        : (readableReceipt(log, detail.value, clock.now()) ?? []),
    );
    const failed = details.find((detail) => detail.status === 'rejected');
    // A receipt that does not arrive now does not hide the others.
    if (failed !== undefined && receipts.length === 0) throw failed.reason;
    if (failed !== undefined) log.warn('pagopa.failed', { service: byIur.name, error: failed.reason });
    return receipts
      .filter((receipt) => receipt.iuv === iuv && receipt.creditor === creditor)
      .sort((a, b) => (a.paidAt < b.paidAt ? -1 : 1));
  } catch (error) {
    log.warn('pagopa.failed', { service: 'receipts', error });
    throw new AppError('PAGOPA_UNAVAILABLE', 'pagoPA does not answer at the moment. Try again later.', {
      cause: error,
    });
  }
}

/** An unreadable receipt is logged as an error and does not hide the others. */
function readableReceipt(log: Log, detail: string, now: Date): PagopaReceipt | null {
  try {
    return toReceipt(detail, now);
  } catch (error) {
    log.error('pagopa.unreadable', { service: 'receipts by IUR', error });
    return null;
  }
}

/** Null without a response, which is logged: writes do not throw. */
async function answerOf(
  log: Log,
  service: Service,
  ...call: Parameters<Service['call']>
): Promise<ApiAnswer | null> {
  return answerIn(log, service, service.call(...call));
}

async function answerIn(log: Log, service: Service, answer: Promise<ApiAnswer>): Promise<ApiAnswer | null> {
  try {
    return await answer;
  } catch (error) {
    log.warn('pagopa.failed', { service: service.name, error });
    return null;
  }
}

/** Error bodies repeat the request, personal data included: only the status is logged. */
function report(
  log: Log,
  service: Service,
  { status }: ApiAnswer,
  { outcome }: CartOutcome | PositionOutcome | WithdrawalOutcome,
): void {
  const isOurs = status === 401 || status === 403 || status === 404;
  log[isOurs ? 'error' : 'warn']('pagopa.refused', { service: service.name, status, outcome });
}
