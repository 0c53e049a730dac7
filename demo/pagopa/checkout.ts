import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import type { z } from 'zod';
import type { Chaos } from './chaos.ts';
import { cartRequest } from './contract/json-rules.ts';
import { answerChaos } from './faults.ts';
import type { Cart, Ledger } from './ledger.ts';
import { type PayTools, whyNotPayable } from './pay.ts';
import type { Wire } from './wire.ts';

type CartRequest = z.infer<typeof cartRequest>;

/** The cart API. Source: checkout_v1.json; 422 as in payment-requests-api.yaml and facts of pagoPA §2.3. */
export function checkoutApi(options: {
  readonly tools: PayTools;
  readonly ledger: Ledger;
  readonly chaos: () => Chaos;
  readonly wire: Wire;
  /** The address of a cart's payer page. */
  readonly pageOf: (cartId: string) => string;
}): Router {
  const { ledger, chaos, tools, wire, pageOf } = options;
  const router = Router();
  router.post('/carts', async (request: Request, response: Response) => {
    const { checkout } = chaos();
    const problems = problemsOfCart(wire, request.body);
    if (checkout !== 'lost' && answerChaos(response, checkout)) return;
    if (problems.length > 0) return wire.problem(response, 400, 'Bad Request', problems.join('; '));
    const cart = toCart(request.body as CartRequest);
    const unpayable = await whyRefused(tools, cart);
    if (unpayable !== null) return wire.problem(response, 422, 'Invalid payment info', unpayable);
    ledger.carts.push(cart);
    ledger.save();
    if (checkout === 'lost') return;
    response.status(302).set('location', pageOf(cart.id)).end();
  });
  return router;
}

/** More than five notices have a refusal of their own; the node accepts digits only. */
function problemsOfCart(wire: Wire, body: unknown): readonly string[] {
  const { paymentNotices: notices } = isRecord(body) ? body : {};
  const checked =
    Array.isArray(notices) && notices.length > 5
      ? { ...(body as object), paymentNotices: notices.slice(0, 5) }
      : body;
  const problems = wire.problemsOf('CartRequest', cartRequest, checked);
  if (problems.length > 0) return problems;
  return (notices as CartRequest['paymentNotices']).flatMap(({ noticeNumber, fiscalCode }, index) =>
    /^\d{18}$/.test(noticeNumber) && /^\d{11}$/.test(fiscalCode)
      ? []
      : [`paymentNotices.${index}: noticeNumber has 18 digits and fiscalCode 11.`],
  );
}

/** Names the place and never the number, as the real one does. */
async function whyRefused(tools: PayTools, cart: Cart): Promise<string | null> {
  if (cart.notices.length > 5) return 'More than 5 payment notices.';
  const keys = cart.notices.map(({ fiscalCode, noticeNumber }) => `${fiscalCode} ${noticeNumber}`);
  if (new Set(keys).size < keys.length) return 'Duplicate payment notices.';
  const reasons = await Promise.all(cart.notices.map((notice) => whyNotPayable(tools, notice)));
  return reasons.find((reason) => reason !== null) ?? null;
}

function toCart({ paymentNotices, returnUrls, idCart, emailNotice }: CartRequest): Cart {
  const { returnOkUrl: ok, returnCancelUrl: cancel, returnErrorUrl: error } = returnUrls;
  return {
    id: randomUUID(),
    idCart: idCart ?? null,
    email: emailNotice ?? null,
    notices: paymentNotices,
    returnUrls: { ok, cancel, error },
    state: 'open',
  };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
