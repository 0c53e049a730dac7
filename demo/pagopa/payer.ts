import express, { type Request, type Response, Router } from 'express';
import { checkoutPage, messagePage } from './checkout-page.ts';
import type { Deliveries } from './deliveries.ts';
import { answerChaos } from './faults.ts';
import type { Cart, Subject } from './ledger.ts';
import { begin, type PayTools, pay } from './pay.ts';

/**
 * The payer's actions, in a browser or by plain HTTP: `curl -d action=pay <checkoutUrl>` returns 303 with the
 * address that the payer returns to. Actions: pay, refuse, cancel, leave.
 */
export function payerPages(tools: PayTools & { readonly deliveries: Deliveries }): Router {
  const { ledger } = tools;
  const router = Router();
  router.use((_request, response, next) => {
    response.set('cache-control', 'no-store');
    response.set('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'");
    next();
  });
  const found = (request: Request, response: Response): Cart | undefined => {
    const cart = ledger.cart(String(request.params.cart));
    if (cart === undefined)
      response.status(404).send(messagePage('Carrello non trovato', 'Questo carrello non esiste.'));
    return cart;
  };
  router.get('/:cart', (request, response) => {
    const cart = found(request, response);
    if (cart !== undefined) response.send(checkoutPage({ cart, problem: null }));
  });
  router.post('/:cart', express.urlencoded({ extended: false }), async (request, response) => {
    const cart = found(request, response);
    if (cart === undefined) return;
    if (cart.state === 'paid') return response.redirect(303, cart.returnUrls.ok);
    if (cart.state === 'cancelled') return response.redirect(303, cart.returnUrls.cancel);
    const { action = '', payerCode = '', payerName = '' } = request.body as Record<string, string>;
    const act = actions[action];
    if (act === undefined) {
      const problem = `Scegliere uno tra ${Object.keys(actions).join(', ')}.`;
      return response.status(400).send(checkoutPage({ cart, problem }));
    }
    await act(tools, cart, response, toPayer(payerCode, payerName));
  });
  return router;
}

type Tools = PayTools & { readonly deliveries: Deliveries };
type Act = (tools: Tools, cart: Cart, response: Response, payer: Subject | null) => Promise<void> | void;

const actions: Readonly<Record<string, Act>> = {
  async pay(tools, cart, response, payer) {
    const { ledger, chaos, deliveries } = tools;
    cart.state = 'paying';
    const { idCart: paymentNote, id: lockId } = cart;
    const paid = await pay(tools, cart.notices, { lockId, paymentNote, payer });
    cart.state = 'payments' in paid ? 'paid' : 'refused';
    ledger.save();
    if ('fault' in paid) {
      response.set('x-fault', paid.fault);
      return response.redirect(303, cart.returnUrls.error);
    }
    deliveries.schedule(paid.payments);
    if (answerChaos(response, chaos().afterMoney)) return;
    response.redirect(303, cart.returnUrls.ok);
  },
  async refuse(tools, cart, response) {
    cart.state = 'refused';
    await beginCart(tools, cart, response);
    response.redirect(303, cart.returnUrls.error);
  },
  // A payment in progress stays locked until its time is over.
  cancel({ ledger }, cart, response) {
    cart.state = 'cancelled';
    ledger.save();
    response.redirect(303, cart.returnUrls.cancel);
  },
  async leave(tools, cart, response) {
    if (!(await beginCart(tools, cart, response))) return response.redirect(303, cart.returnUrls.error);
    response.send(
      messagePage('Pagamento iniziato', 'Nessun altro può pagare questi avvisi finché il tempo non scade.'),
    );
  },
};

/** Whether every notice of the cart is being collected now. */
async function beginCart(tools: Tools, { notices, id, idCart }: Cart, response: Response): Promise<boolean> {
  const begun = await begin(tools, notices, { lockId: id, paymentNote: idCart });
  if ('fault' in begun) response.set('x-fault', begun.fault);
  return !('fault' in begun);
}

function toPayer(code: string, name: string): Subject | null {
  const clean = code.trim().toUpperCase();
  if (!/^[A-Z0-9]{11,16}$/.test(clean)) return null;
  return { type: clean.length === 16 ? 'F' : 'G', code: clean, name: name.trim().slice(0, 70) || clean };
}
