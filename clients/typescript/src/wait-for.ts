import type { Client } from './create-client.ts';
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
}

export type SessionStatus = NonNullable<PaymentSessionStatusQuery['paymentSession']>;

/** Waits until a payment session has ended; null for an unknown one. Asked every 3 seconds, as the API wants it. */
export function waitForPayment(
  client: Client,
  id: string,
  options: WaitOptions = {},
): Promise<SessionStatus | null> {
  return poll(options, 3_000, async () => {
    const { paymentSession = null } = await client.query(PaymentSessionStatus, { id });
    return paymentSession?.status === 'STARTED' ? undefined : paymentSession;
  });
}

export type RegisteredPractice = NonNullable<PracticeNumberQuery['practice']>;

/** Waits until a filed practice has its protocol number; null for one that the caller may not see. */
export function waitForNumber(
  client: Client,
  id: string,
  options: WaitOptions = {},
): Promise<RegisteredPractice | null> {
  return poll(options, 5_000, async () => {
    const { practice = null } = await client.query(PracticeNumber, { id });
    return practice?.status === 'SUBMITTED' ? undefined : practice;
  });
}

async function poll<T>(
  { signal, everyMs }: WaitOptions,
  usualMs: number,
  ask: () => Promise<T | undefined>,
): Promise<T> {
  for (;;) {
    signal?.throwIfAborted();
    const found = await ask();
    if (found !== undefined) return found;
    await pause(everyMs ?? usualMs, signal);
  }
}
