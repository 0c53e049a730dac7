import type { CartOutcome, NewCart } from '../../shared/pagopa/pagopa.port.ts';
import { cut } from './formats.ts';
import type { ApiAnswer } from './wire/call-api.ts';

/** The body of `POST /carts`. Unit: integer cents. Source: checkout_v1.json; facts of pagoPA §2.3. */
export function toCartRequest({ cartId, notices, email, returnUrls }: NewCart) {
  return {
    ...(email === null ? {} : { emailNotice: email }),
    idCart: cartId,
    allCCP: false,
    paymentNotices: notices.map(({ numeroAvviso, creditor, amount, creditorName, description }) => ({
      noticeNumber: numeroAvviso,
      fiscalCode: creditor,
      amount,
      companyName: cut(creditorName, 140),
      description: cut(description, 140),
    })),
    returnUrls: {
      returnOkUrl: returnUrls.ok,
      returnCancelUrl: returnUrls.cancel,
      returnErrorUrl: returnUrls.error,
    },
  };
}

/** Source: checkout_v1.json for 302, 400 and 500; 422 is only in the specification of the service behind it. */
export function toCartOutcome({ status, location }: ApiAnswer, checkoutUrl: string): CartOutcome {
  switch (status) {
    case 302:
      return location !== null && mayBePaidAt(location, checkoutUrl)
        ? { outcome: 'created', checkoutUrl: location }
        : { outcome: 'unavailable' };
    case 422:
      return { outcome: 'notPayable' };
    case 400:
      return { outcome: 'rejected' };
    default:
      // A wrong key (401, 403), too many calls (429) and failures say nothing about the notices.
      return { outcome: 'unavailable' };
  }
}

/**
 * Payers are redirected to https only, unless Checkout itself is configured with http, which production refuses.
 */
function mayBePaidAt(address: string, checkoutUrl: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, origin, username, password } = new URL(address);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && origin === new URL(checkoutUrl).origin);
}
