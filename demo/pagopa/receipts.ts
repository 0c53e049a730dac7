import { type Response, Router } from 'express';
import { readXml } from '../../core/xml/read-xml.ts';
import type { Messages } from '../contract/messages.ts';
import type { Chaos } from './chaos.ts';
import { checkNodeMessage } from './contract/check-node-message.ts';
import { receiptRead } from './contract/json-rules.ts';
import { nodeNamespace } from './contract/node-rules.ts';
import { answerChaos } from './faults.ts';
import type { Ledger, Payment, Subject } from './ledger.ts';
import { psp, type Station, sendReceiptRequest } from './node-messages.ts';
import type { Wire } from './wire.ts';

interface ReceiptTools {
  readonly ledger: Ledger;
  readonly chaos: () => Chaos;
  readonly station: Station;
  readonly wire: Wire;
}

/** Receipts by IUR, of every payment. Source: biz_events.json. */
export function receiptsByIur({ ledger, chaos, station, wire }: ReceiptTools): Router {
  const router = Router();
  const answer = (response: Response, organization: string, iur: string, iuv: string | null) => {
    if (answerChaos(response, chaos().receipts)) return;
    const found = ledger.payments.find(
      (one) => one.receiptId === iur && one.fiscalCode === organization && (iuv === null || one.iuv === iuv),
    );
    if (found === undefined || organization !== station.creditor)
      return wire.problem(response, 404, 'Biz Event not found', 'Not found a biz event.');
    // Numbers in the notation of Java's BigDecimal with two decimals: 10.00 instead of 10.
    const amount = (cents: number) => `${Math.trunc(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
    const text = JSON.stringify(receiptBody(found)).replace(/"cents:(\d+)"/g, (_all, cents) =>
      amount(Number(cents)),
    );
    wire.answer(response, 200, 'CtReceiptModelResponse', receiptRead, text);
  };
  router.get('/organizations/:organization/receipts/:iur', ({ params }, response) =>
    answer(response, params.organization, params.iur, null),
  );
  router.get('/organizations/:organization/receipts/:iur/paymentoptions/:iuv', ({ params }, response) =>
    answer(response, params.organization, params.iur, params.iuv),
  );
  return router;
}

/** Receipts by IUV, of GPD's positions only. Source: gpd_payments.json of pagopa-api. */
export function receiptsByIuv({
  ledger,
  chaos,
  station,
  wire,
  messages,
}: ReceiptTools & { readonly messages: Messages }): Router {
  const router = Router();
  router.get('/payments/:organization/receipts/:iuv', ({ params }, response) => {
    if (answerChaos(response, chaos().receipts)) return;
    const found = ledger.payments.find(
      ({ fiscalCode, iuv, heldBy }) =>
        fiscalCode === params.organization && iuv === params.iuv && heldBy === 'gpd',
    );
    if (found === undefined) return wire.problem(response, 404, 'No receipt found', 'Not found a receipt.');
    const text = sendReceiptRequest(station, found).xml.replace(
      '<paf:paSendRTV2Request>',
      `<paf:paSendRTV2Request xmlns:paf="${nodeNamespace}">`,
    );
    checkNodeMessage(messages, 'stand-in', readXml(text), 'paSendRTV2Request', text);
    response.type('application/xml').send(text);
  });
  return router;
}

export function receiptBody(payment: Payment) {
  const amount = `cents:${payment.amount}`;
  return {
    receiptId: payment.receiptId,
    noticeNumber: payment.noticeNumber,
    fiscalCode: payment.fiscalCode,
    outcome: 'OK',
    creditorReferenceId: payment.iuv,
    paymentAmount: amount,
    description: payment.description,
    companyName: payment.companyName,
    debtor: subject(payment.debtor),
    transferList: [
      {
        idTransfer: 1,
        transferAmount: amount,
        fiscalCodePA: payment.fiscalCode,
        iban: payment.iban,
        mbdAttachment: '',
        remittanceInformation: payment.description,
        transferCategory: payment.category,
      },
    ],
    idPSP: psp.id,
    pspFiscalCode: psp.fiscalCode,
    pspCompanyName: psp.name,
    idChannel: psp.channel,
    channelDescription: psp.channelDescription,
    ...(payment.payer === null ? {} : { payer: subject(payment.payer) }),
    paymentMethod: psp.method,
    fee: 'cents:50',
    paymentDateTime: payment.paidAt.slice(0, 10),
    paymentDateTimeFormatted: payment.paidAt,
    applicationDate: payment.paidAt.slice(0, 10),
    transferDate: payment.paidAt.slice(0, 10),
  };
}

const subject = ({ type, code, name }: Subject) => ({
  entityUniqueIdentifierType: type,
  entityUniqueIdentifierValue: code,
  fullName: name,
});
