import type { Clock } from '../../../core/clock.ts';
import type { ListenerConfig } from '../../../core/pagopa-config.ts';
import {
  addCents,
  codiceFiscaleAsHeld,
  iuvAsHeld,
  iuvOf,
  numeroAvvisoAsHeld,
} from '../../../core/values/index.ts';
import type { XmlElement } from '../../../core/xml/read-xml.ts';
import type { Xml } from '../../../core/xml/write-xml.ts';
import type { PagopaReceipt } from '../../shared/pagopa/pagopa.port.ts';
import { firstMoment, subjectOf } from '../pagopa/formats.ts';
import { getPaymentAnswer, receivedAnswer, verifyAnswer } from './answers.ts';
import { faultOfState, NodeRefusal } from './faults.ts';
import type { AskedNotice, ListenerHandlers, NodeAnswer, PayableDebt } from './listener-handlers.ts';
import {
  type Addressee,
  type QrCode,
  readGetPayment,
  readSendReceipt,
  readVerify,
  type SentReceipt,
} from './requests.ts';

export interface OperationTools {
  readonly config: ListenerConfig;
  readonly handlers: ListenerHandlers;
  readonly clock: Clock;
}

/** Aborts when the caller no longer waits for the response. */
type Run = OperationTools & { readonly signal: AbortSignal };

/** One operation of paForNode: its element names and its handler. Errors: NodeRefusal, InvalidXml. */
export interface Operation {
  readonly request: string;
  readonly response: string;
  run(element: XmlElement, tools: Run): Promise<readonly Xml[]>;
}

/** Operations by SOAPAction. */
export const operations: Readonly<Record<string, Operation>> = {
  paVerifyPaymentNotice: {
    request: 'paVerifyPaymentNoticeReq',
    response: 'paVerifyPaymentNoticeRes',
    async run(element, { config, handlers }) {
      const request = readVerify(element);
      checkAddressee(request, config);
      return verifyAnswer(payable(await handlers.verifyNotice(askedNotice(request.qrCode, config))), config);
    },
  },
  paGetPaymentV2: {
    request: 'paGetPaymentV2Request',
    response: 'paGetPaymentV2Response',
    async run(element, { config, handlers, signal }) {
      const request = readGetPayment(element);
      checkAddressee(request, config);
      const { amount, paymentNote: cartId } = request;
      const asked = { ...askedNotice(request.qrCode, config), amount, cartId };
      return getPaymentAnswer(payable(await handlers.getPayment(asked, signal)), config);
    },
  },
  paSendRTV2: {
    request: 'paSendRTV2Request',
    response: 'paSendRTV2Response',
    async run(element, { config, handlers, clock }) {
      const request = readSendReceipt(element);
      checkAddressee(request, config);
      checkReceipt(request.receipt, config);
      const receipt = toReceipt(request.receipt, clock);
      // A receipt of a failed payment settles nothing.
      if (request.receipt.outcome === 'KO') {
        await handlers.release(receipt);
        return receivedAnswer();
      }
      const kept = await handlers.receive(receipt);
      if (kept === 'known') throw new NodeRefusal('PAA_RECEIPT_DUPLICATA');
      return receivedAnswer();
    },
  },
};

function checkAddressee({ idPA, idBrokerPA, idStation }: Addressee, config: ListenerConfig): void {
  if (idPA !== config.creditor) throw new NodeRefusal('PAA_ID_DOMINIO_ERRATO');
  if (idBrokerPA !== config.brokerCode) throw new NodeRefusal('PAA_ID_INTERMEDIARIO_ERRATO');
  if (idStation !== config.stationId) throw new NodeRefusal('PAA_STAZIONE_INT_ERRATA');
}

/** Check digits are not verified: a number that was never issued is unknown, with any check digits. */
function askedNotice({ fiscalCode, noticeNumber }: QrCode, { creditor }: ListenerConfig): AskedNotice {
  if (fiscalCode !== creditor) throw new NodeRefusal('PAA_ID_DOMINIO_ERRATO');
  return { creditor: codiceFiscaleAsHeld(fiscalCode), numeroAvviso: numeroAvvisoAsHeld(noticeNumber) };
}

function payable(answer: NodeAnswer): PayableDebt {
  if (answer.outcome === 'fault') throw new NodeRefusal(faultOfState[answer.fault]);
  return answer.debt;
}

function checkReceipt(receipt: SentReceipt, { creditor }: ListenerConfig): void {
  if (receipt.fiscalCode !== creditor) throw new NodeRefusal('PAA_ID_DOMINIO_ERRATO');
  const contradict = (expected: string) => {
    throw new NodeRefusal('PAA_SEMANTICA', expected);
  };
  if (iuvIn(receipt.noticeNumber) !== receipt.creditorReferenceId)
    contradict('creditorReferenceId is the IUV inside noticeNumber.');
  if (receipt.paymentAmount <= 0) contradict('paymentAmount is more than zero.');
  if (addCents(...receipt.transfers) !== receipt.paymentAmount)
    contradict('paymentAmount is the sum of the transfers.');
}

function iuvIn(noticeNumber: string): string {
  return /^[0-3]/.test(noticeNumber) ? iuvOf(numeroAvvisoAsHeld(noticeNumber)) : '';
}

function toReceipt(receipt: SentReceipt, clock: Clock): PagopaReceipt {
  const { debtor, payer, paymentDateTime, applicationDate, transferDate } = receipt;
  return {
    receiptId: receipt.receiptId,
    creditor: codiceFiscaleAsHeld(receipt.fiscalCode),
    numeroAvviso: numeroAvvisoAsHeld(receipt.noticeNumber),
    iuv: iuvAsHeld(receipt.creditorReferenceId),
    amount: receipt.paymentAmount,
    paidAt: firstMoment([paymentDateTime, applicationDate, transferDate], clock.now()),
    description: receipt.description,
    pspName: receipt.pspName,
    paymentMethod: receipt.paymentMethod,
    debtor: subjectOf(debtor.code, debtor.name),
    payer: payer === null ? null : subjectOf(payer.code, payer.name),
    cartId: receipt.paymentNote,
  };
}
