import { createIdempotencyKey } from '@school-services/client';

/**
 * One key for each thing that the person wants to do: the same as long as it is the same, also when the page is
 * loaded again before an answer came. The server does it once.
 */
export function idempotencyKeyFor(intent: string): string {
  const place = `intent ${intent}`;
  const known = sessionStorage.getItem(place);
  if (known !== null) return known;
  const key = createIdempotencyKey();
  sessionStorage.setItem(place, key);
  return key;
}

/** Somebody who is back from pagoPA pays anew, whatever the payment: a key of before leads to a cart that has ended. */
export function forgetPaymentKeys(): void {
  for (const place of Object.keys(sessionStorage))
    if (/^intent (pay|notice|spontaneous) /.test(place)) sessionStorage.removeItem(place);
}

/** The next try is another thing: the first one has ended. */
export function forgetIdempotencyKey(intent: string): void {
  sessionStorage.removeItem(`intent ${intent}`);
}
