import { ApiError, lost } from './api-error.ts';
import type { Client, Result } from './create-client.ts';
import {
  PaymentSessionStatus,
  type PaymentSessionStatusQuery,
  PracticeNumber,
  type PracticeNumberQuery,
} from './operations.generated.ts';
import { pause } from './retrying-fetch.ts';

export interface WaitOptions {
  /** Ends the wait. Errors: its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Unit: ms. Shorter ones gain nothing. */
  readonly everyMs?: number | undefined;
  /** Called after each answer that does not end the wait. */
  readonly onWaiting?: (() => void) | undefined;
}

const mostFailures = 5;

export type SessionStatus = NonNullable<PaymentSessionStatusQuery['paymentSession']>;

/**
 * Waits until a payment session has ended, which the API sees to within the session's own time; null for an unknown one. Asked
 * every 3 seconds, as the API wants it.
 *
 * Errors: ApiError if the API fails five times in a row.
 */
export function waitForPayment(
  client: Client,
  id: string,
  options: WaitOptions = {},
): Promise<SessionStatus | null> {
  return poll(options, 3_000, async () => {
    const paymentSession = readOne(await client.request(PaymentSessionStatus, { id }), 'paymentSession');
    return paymentSession?.status === 'STARTED' ? undefined : paymentSession;
  });
}

export type RegisteredPractice = NonNullable<PracticeNumberQuery['practice']>;

/**
 * Waits until a filed practice has its protocol number; null for one that the caller may not see. That takes seconds, and
 * hours if the protocol register is down: end it by a signal. Asked every 5 seconds.
 *
 * Errors: ApiError if the API fails five times in a row.
 */
export function waitForNumber(
  client: Client,
  id: string,
  options: WaitOptions = {},
): Promise<RegisteredPractice | null> {
  return poll(options, 5_000, async () => {
    const practice = readOne(await client.request(PracticeNumber, { id }), 'practice');
    return practice?.status === 'SUBMITTED' ? undefined : practice;
  });
}

async function poll<T>(
  { signal, everyMs, onWaiting }: WaitOptions,
  usualMs: number,
  ask: () => Promise<T | undefined>,
): Promise<T> {
  for (let failures = 0; ; ) {
    signal?.throwIfAborted();
    try {
      const found = await ask();
      if (found !== undefined) return found;
      failures = 0;
      onWaiting?.();
    } catch (error) {
      failures += 1;
      if (!(error instanceof ApiError && error.isPassing) || failures >= mostFailures) throw error;
    }
    await pause(everyMs ?? usualMs, signal);
  }
}

/** Null if there is none. Errors: ApiError if it could not be read. */
function readOne<Data, Field extends keyof Data>({ data, errors }: Result<Data>, field: Field) {
  const value = data[field] ?? null;
  if (value === null && errors.length > 0) throw lost(errors);
  return value as NonNullable<Data[Field]> | null;
}
