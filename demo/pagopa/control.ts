import { randomUUID } from 'node:crypto';
import express, { type Response, Router } from 'express';
import { type Chaos, noChaos, toChaos } from './chaos.ts';
import { isRecord } from './checkout.ts';
import type { Deliveries } from './deliveries.ts';
import type { Ledger } from './ledger.ts';
import { type PayTools, pay } from './pay.ts';

interface ControlTools extends PayTools {
  readonly ledger: Ledger;
  readonly deliveries: Deliveries;
  readonly setChaos: (chaos: Chaos) => void;
}

/**
 * Controls that the real pagoPA does not have: faults, and payments that do not start at a cart. JSON only.
 *
 * `GET, PUT, DELETE /chaos`; `GET /payments`; `POST /counter` pays a notice at a tobacconist's; `POST
 * /payments/<receiptId>/resend` sends a receipt again.
 */
export function controlApi(tools: ControlTools): Router {
  const { ledger, chaos, setChaos, deliveries } = tools;
  const router = Router();
  router.use(express.json({ type: () => true, limit: '16kb' }));
  const wrong = (response: Response, text: string) => void response.status(400).json({ problem: text });
  router.get('/chaos', (_request, response) => void response.json(chaos()));
  router.put('/chaos', ({ body }, response) => {
    try {
      setChaos(toChaos(isRecord(body) ? body : {}));
      response.json(chaos());
    } catch (error) {
      wrong(response, error instanceof Error ? error.message : 'A JSON object was expected.');
    }
  });
  router.delete('/chaos', (_request, response) => {
    setChaos(noChaos);
    response.json(chaos());
  });
  router.get('/payments', (_request, response) => {
    response.json(
      ledger.payments.map(({ receiptId, noticeNumber, amount, paidAt, heldBy, delivery, tries }) => ({
        receiptId,
        noticeNumber,
        amount,
        paidAt,
        heldBy,
        delivery,
        tries,
      })),
    );
  });
  router.post('/counter', async ({ body }, response) => {
    const { noticeNumber, fiscalCode } = isRecord(body) ? body : {};
    if (!/^\d{18}$/.test(String(noticeNumber)) || !/^\d{11}$/.test(String(fiscalCode)))
      return wrong(response, 'noticeNumber has 18 digits and fiscalCode, of the creditor, 11.');
    const notice = { noticeNumber: String(noticeNumber), fiscalCode: String(fiscalCode), amount: null };
    const paid = await pay(tools, [notice], {
      lockId: randomUUID(),
      paymentNote: null,
      payer: null,
    });
    if ('fault' in paid) return void response.status(409).json(paid);
    deliveries.schedule(paid.payments);
    response.json({ receiptId: paid.payments[0]?.receiptId, amount: paid.payments[0]?.amount });
  });
  router.post('/payments/:receiptId/resend', ({ params }, response) => {
    const payment = ledger.payments.find(({ receiptId }) => receiptId === params.receiptId);
    if (payment === undefined || payment.heldBy === 'gpd')
      return void response.status(404).json({ problem: 'No receipt of that id is sent to the station.' });
    deliveries.resend(payment);
    response.status(202).json({ receiptId: payment.receiptId });
  });
  return router;
}
