import { type XmlText, xml } from '../../core/xml/write-xml.ts';
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

export function verifyRequest(station: Station, notice: Notice): XmlText {
  return xml('paf:paVerifyPaymentNoticeReq', [...addressee(station), qrCode(notice)]);
}

export function getPaymentRequest(
  station: Station,
  notice: Notice,
  amount: number | null,
  paymentNote: string | null,
): XmlText {
  return xml('paf:paGetPaymentV2Request', [
    ...addressee(station),
    qrCode(notice),
    amount === null ? null : xml('amount', euros(amount)),
    paymentNote === null ? null : xml('paymentNote', paymentNote),
  ]);
}

export function sendReceiptRequest(station: Station, payment: Payment): XmlText {
  return xml('paf:paSendRTV2Request', [...addressee(station), receipt(payment)]);
}

function receipt(payment: Payment): XmlText {
  const { fiscalCode, description, companyName, payer, paymentNote } = payment;
  const amount = euros(payment.amount);
  return xml('receipt', [
    xml('receiptId', payment.receiptId),
    xml('noticeNumber', payment.noticeNumber),
    xml('fiscalCode', fiscalCode),
    xml('outcome', 'OK'),
    xml('creditorReferenceId', payment.iuv),
    xml('paymentAmount', amount),
    xml('description', description),
    xml('companyName', companyName),
    subject('debtor', payment.debtor),
    xml('transferList', [
      xml('transfer', [
        xml('idTransfer', '1'),
        xml('transferAmount', amount),
        xml('fiscalCodePA', fiscalCode),
        xml('companyName', companyName),
        xml('IBAN', payment.iban),
        xml('remittanceInformation', description),
        xml('transferCategory', payment.category),
      ]),
    ]),
    xml('idPSP', psp.id),
    xml('pspFiscalCode', psp.fiscalCode),
    xml('PSPCompanyName', psp.name),
    xml('idChannel', psp.channel),
    xml('channelDescription', psp.channelDescription),
    payer === null ? null : subject('payer', payer),
    xml('paymentMethod', psp.method),
    paymentNote === null ? null : xml('paymentNote', paymentNote),
    xml('fee', '0.50'),
    xml('paymentDateTime', payment.paidAt),
    xml('applicationDate', payment.paidAt.slice(0, 10)),
    xml('transferDate', payment.paidAt.slice(0, 10)),
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
  xml('idPA', creditor),
  xml('idBrokerPA', brokerCode),
  xml('idStation', stationId),
];

const qrCode = ({ fiscalCode, noticeNumber }: Notice) =>
  xml('qrCode', [xml('fiscalCode', fiscalCode), xml('noticeNumber', noticeNumber)]);

const subject = (name: string, { type, code, name: fullName }: Subject) =>
  xml(name, [
    xml('uniqueIdentifier', [
      xml('entityUniqueIdentifierType', type),
      xml('entityUniqueIdentifierValue', code),
    ]),
    xml('fullName', fullName),
  ]);

export function euros(cents: number): string {
  const digits = String(cents).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
