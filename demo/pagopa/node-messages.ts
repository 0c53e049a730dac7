import { element, type Xml } from '../../core/xml/write-xml.ts';
import type { Payment, Subject } from './ledger.ts';

// The node's requests, with the elements in the order of paForNode.xsd.

export interface Station {
  readonly creditor: string;
  readonly brokerCode: string;
  readonly stationId: string;
}

interface Notice {
  readonly fiscalCode: string;
  readonly noticeNumber: string;
}

export function verifyRequest(station: Station, notice: Notice): Xml {
  return element('paf:paVerifyPaymentNoticeReq', [...addressee(station), qrCode(notice)]);
}

export function getPaymentRequest(
  station: Station,
  notice: Notice,
  amount: number | null,
  paymentNote: string | null,
): Xml {
  return element('paf:paGetPaymentV2Request', [
    ...addressee(station),
    qrCode(notice),
    amount === null ? null : element('amount', euros(amount)),
    paymentNote === null ? null : element('paymentNote', paymentNote),
  ]);
}

export function sendReceiptRequest(station: Station, payment: Payment): Xml {
  return element('paf:paSendRTV2Request', [...addressee(station), receipt(payment)]);
}

function receipt(payment: Payment): Xml {
  const { fiscalCode, description, companyName, payer, paymentNote } = payment;
  const amount = euros(payment.amount);
  return element('receipt', [
    element('receiptId', payment.receiptId),
    element('noticeNumber', payment.noticeNumber),
    element('fiscalCode', fiscalCode),
    element('outcome', 'OK'),
    element('creditorReferenceId', payment.iuv),
    element('paymentAmount', amount),
    element('description', description),
    element('companyName', companyName),
    subject('debtor', payment.debtor),
    element('transferList', [
      element('transfer', [
        element('idTransfer', '1'),
        element('transferAmount', amount),
        element('fiscalCodePA', fiscalCode),
        element('companyName', companyName),
        element('IBAN', payment.iban),
        element('remittanceInformation', description),
        element('transferCategory', payment.category),
      ]),
    ]),
    element('idPSP', psp.id),
    element('pspFiscalCode', psp.fiscalCode),
    element('PSPCompanyName', psp.name),
    element('idChannel', psp.channel),
    element('channelDescription', psp.channelDescription),
    payer === null ? null : subject('payer', payer),
    element('paymentMethod', psp.method),
    paymentNote === null ? null : element('paymentNote', paymentNote),
    element('fee', '0.50'),
    element('paymentDateTime', payment.paidAt),
    element('applicationDate', payment.paidAt.slice(0, 10)),
    element('transferDate', payment.paidAt.slice(0, 10)),
  ]);
}

/** Invented. */
export const psp = {
  id: 'DEMOIT22',
  fiscalCode: '00000000000',
  name: 'Banca Dimostrativa S.p.A.',
  channel: '00000000000_01',
  channelDescription: 'Canale dimostrativo',
  method: 'creditCard',
} as const;

const addressee = ({ creditor, brokerCode, stationId }: Station) => [
  element('idPA', creditor),
  element('idBrokerPA', brokerCode),
  element('idStation', stationId),
];

const qrCode = ({ fiscalCode, noticeNumber }: Notice) =>
  element('qrCode', [element('fiscalCode', fiscalCode), element('noticeNumber', noticeNumber)]);

const subject = (name: string, { type, code, name: fullName }: Subject) =>
  element(name, [
    element('uniqueIdentifier', [
      element('entityUniqueIdentifierType', type),
      element('entityUniqueIdentifierValue', code),
    ]),
    element('fullName', fullName),
  ]);

export function euros(cents: number): string {
  const digits = String(cents).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
