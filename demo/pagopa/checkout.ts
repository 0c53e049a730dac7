import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import type { Chaos } from './chaos.ts';
import { answerChaos, problem } from './faults.ts';
import type { Cart, CartNoticeBody, Ledger } from './ledger.ts';

/** The cart API. Source: checkout_v1.json; 422 as payment-requests-api.yaml and facts of pagoPA §2.3 tell it. */
export function checkoutApi(options: {
  readonly ledger: Ledger;
  readonly chaos: () => Chaos;
  readonly now: () => Date;
  /** Where the payer's page of a cart is. */
  readonly pageOf: (cartId: string) => string;
}): Router {
  const { ledger, chaos, now, pageOf } = options;
  const router = Router();
  router.post('/carts', (request: Request, response: Response) => {
    const { checkout } = chaos();
    if (checkout !== 'lost' && answerChaos(response, checkout)) return;
    const cart = toCart(request.body);
    if (typeof cart === 'string') return problem(response, 400, 'Bad Request', cart);
    const unpayable = whyNotPayable(cart, ledger, now());
    if (unpayable !== null) return problem(response, 422, 'Invalid payment info', unpayable);
    ledger.carts.push(cart);
    ledger.save();
    if (checkout === 'lost') return;
    response.status(302).set('location', pageOf(cart.id)).end();
  });
  return router;
}

/** Said by place and never by number, as the real one does. */
function whyNotPayable(cart: Cart, ledger: Ledger, now: Date): string | null {
  if (cart.notices.length > 5) return 'More than 5 payment notices.';
  const keys = cart.notices.map(({ fiscalCode, noticeNumber }) => `${fiscalCode} ${noticeNumber}`);
  if (new Set(keys).size < keys.length) return 'Duplicate payment notices.';
  for (const { fiscalCode, noticeNumber } of cart.notices) {
    if (ledger.payment(fiscalCode, noticeNumber) !== undefined) return 'A position is already paid.';
    if (ledger.lockOf(fiscalCode, noticeNumber, now) !== undefined) return 'A position is in payment.';
  }
  return null;
}

/** A text says what is formally wrong. */
function toCart(body: unknown): Cart | string {
  if (!isRecord(body)) return 'A JSON object was expected.';
  const { paymentNotices, returnUrls, idCart, emailNotice } = body;
  if (!Array.isArray(paymentNotices) || paymentNotices.length === 0) return 'paymentNotices is missing.';
  if (!paymentNotices.every(isNotice)) return 'A payment notice is not valid.';
  if (!isRecord(returnUrls)) return 'returnUrls is missing.';
  const { returnOkUrl: ok, returnCancelUrl: cancel, returnErrorUrl: error } = returnUrls;
  if (!isUrl(ok) || !isUrl(cancel) || !isUrl(error)) return 'returnUrls has three absolute addresses.';
  if (idCart !== undefined && typeof idCart !== 'string') return 'idCart is a text.';
  if (emailNotice !== undefined && !(typeof emailNotice === 'string' && /^[^\s@]+@\S+$/.test(emailNotice)))
    return 'emailNotice is an e-mail address.';
  return {
    id: randomUUID(),
    idCart: idCart ?? null,
    email: emailNotice ?? null,
    notices: paymentNotices,
    returnUrls: { ok, cancel, error },
    state: 'open',
  };
}

function isNotice(notice: unknown): notice is CartNoticeBody {
  if (!isRecord(notice)) return false;
  const { noticeNumber, fiscalCode, amount, companyName, description } = notice;
  const isText = (text: unknown) => typeof text === 'string' && text.length <= 140;
  return (
    /^\d{18}$/.test(String(noticeNumber)) &&
    /^\d{11}$/.test(String(fiscalCode)) &&
    Number.isInteger(amount) &&
    Number(amount) >= 1 &&
    isText(companyName) &&
    isText(description)
  );
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isUrl(value: unknown): value is string {
  return typeof value === 'string' && URL.canParse(value) && /^https?:/.test(value);
}
