import type { CalendarDate, EuroCents } from '../../../core/values/index.ts';
import { inOrder } from '../../../core/xml/in-order.ts';
import type { XmlElement } from '../../../core/xml/read-xml.ts';
import {
  base64,
  country,
  email,
  entityCode,
  entityType,
  euros,
  fiscalCodePA,
  flag,
  iban,
  idTransfer,
  isoDate,
  isoDateTime,
  noticeNumber,
  outcome,
  receiptIdText,
  text16,
  text20,
  text35,
  text70,
  text140,
  text210,
  transferType,
} from './fields.ts';

// Requests with the elements in the order of paForNode.xsd. All elements are validated, and unused ones are
// dropped.

/** The station that the node addresses. */
export interface Addressee {
  readonly idPA: string;
  readonly idBrokerPA: string;
  readonly idStation: string;
}

export interface QrCode {
  readonly fiscalCode: string;
  readonly noticeNumber: string;
}

export interface SentSubject {
  readonly code: string;
  readonly name: string;
}

export interface SentReceipt {
  readonly receiptId: string;
  readonly noticeNumber: string;
  readonly fiscalCode: string;
  readonly outcome: 'OK' | 'KO';
  readonly creditorReferenceId: string;
  readonly paymentAmount: EuroCents;
  readonly description: string;
  readonly debtor: SentSubject;
  readonly transfers: readonly EuroCents[];
  readonly pspName: string;
  readonly payer: SentSubject | null;
  readonly paymentMethod: string | null;
  readonly paymentNote: string | null;
  readonly paymentDateTime: string | null;
  readonly applicationDate: CalendarDate | null;
  readonly transferDate: CalendarDate | null;
}

export function readVerify(element: XmlElement): Addressee & { readonly qrCode: QrCode } {
  return inOrder(element, (take) => ({
    idPA: take('idPA', text35),
    idBrokerPA: take('idBrokerPA', text35),
    idStation: take('idStation', text35),
    qrCode: take('qrCode', qrCode),
  }));
}

export function readGetPayment(element: XmlElement): Addressee & {
  readonly qrCode: QrCode;
  readonly amount: EuroCents | null;
  readonly paymentNote: string | null;
} {
  return inOrder(element, (take) => ({
    idPA: take('idPA', text35),
    idBrokerPA: take('idBrokerPA', text35),
    idStation: take('idStation', text35),
    qrCode: take('qrCode', qrCode),
    amount: take.optional('amount', euros),
    paymentNote: take.optional('paymentNote', text210),
    transferType: take.optional('transferType', transferType),
    dueDate: take.optional('dueDate', isoDate),
  }));
}

export function readSendReceipt(element: XmlElement): Addressee & { readonly receipt: SentReceipt } {
  return inOrder(element, (take) => ({
    idPA: take('idPA', text35),
    idBrokerPA: take('idBrokerPA', text35),
    idStation: take('idStation', text35),
    receipt: take('receipt', receipt),
  }));
}

function qrCode(element: XmlElement): QrCode {
  return inOrder(element, (take) => ({
    fiscalCode: take('fiscalCode', fiscalCodePA),
    noticeNumber: take('noticeNumber', noticeNumber),
  }));
}

function receipt(element: XmlElement): SentReceipt {
  return inOrder(element, (take) => ({
    receiptId: take('receiptId', receiptIdText),
    noticeNumber: take('noticeNumber', noticeNumber),
    fiscalCode: take('fiscalCode', fiscalCodePA),
    outcome: take('outcome', outcome),
    creditorReferenceId: take('creditorReferenceId', text35),
    paymentAmount: take('paymentAmount', euros),
    description: take('description', text140),
    companyName: take('companyName', text140),
    officeName: take.optional('officeName', text140),
    debtor: take('debtor', subject),
    transfers: take('transferList', (list) => inOrder(list, (each) => each.many('transfer', 5, transfer))),
    idPSP: take('idPSP', text35),
    pspFiscalCode: take.optional('pspFiscalCode', text70),
    pspPartitaIVA: take.optional('pspPartitaIVA', text20),
    pspName: take('PSPCompanyName', text70),
    idChannel: take('idChannel', text35),
    channelDescription: take('channelDescription', text35),
    payer: take.optional('payer', subject),
    paymentMethod: take.optional('paymentMethod', text35),
    paymentNote: take.optional('paymentNote', text210),
    fee: take.optional('fee', euros),
    primaryCiIncurredFee: take.optional('primaryCiIncurredFee', euros),
    idBundle: take.optional('idBundle', text70),
    idCiBundle: take.optional('idCiBundle', text70),
    paymentDateTime: take.optional('paymentDateTime', isoDateTime),
    applicationDate: take.optional('applicationDate', isoDate),
    transferDate: take.optional('transferDate', isoDate),
    metadata: take.optional('metadata', metadata),
    standIn: take.optional('standIn', flag),
  }));
}

function transfer(element: XmlElement): EuroCents {
  return inOrder(element, (take) => {
    take('idTransfer', idTransfer);
    const amount = take('transferAmount', euros);
    take('fiscalCodePA', fiscalCodePA);
    take.optional('companyName', text140);
    if (take.optional('IBAN', iban) === null) take('MBDAttachment', base64);
    take('remittanceInformation', text140);
    take('transferCategory', text140);
    take.optional('metadata', metadata);
    return amount;
  });
}

function subject(element: XmlElement): SentSubject {
  return inOrder(element, (take) => {
    const code = take('uniqueIdentifier', (identifier) =>
      inOrder(identifier, (each) => {
        each('entityUniqueIdentifierType', entityType);
        return each('entityUniqueIdentifierValue', entityCode);
      }),
    );
    const name = take('fullName', text70);
    take.optional('streetName', text70);
    take.optional('civicNumber', text16);
    take.optional('postalCode', text16);
    take.optional('city', text35);
    take.optional('stateProvinceRegion', text35);
    take.optional('country', country);
    take.optional('e-mail', email);
    return { code, name };
  });
}

function metadata(element: XmlElement): null {
  inOrder(element, (take) =>
    take.many('mapEntry', 15, (entry) =>
      inOrder(entry, (each) => [each('key', text140), each('value', text140)]),
    ),
  );
  return null;
}
