import type { ListenerConfig } from '../../../core/pagopa-config.ts';
import type { EuroCents } from '../../../core/values/index.ts';
import { type XmlText, xml } from '../../../core/xml/write-xml.ts';
import { cut } from '../pagopa/formats.ts';
import { faults, type NodeRefusal } from './faults.ts';
import type { PayableDebt } from './listener-handlers.ts';

// Responses with the elements in the order of paForNode.xsd. Unit: euros with two decimals on the wire.

type Terms = Pick<ListenerConfig, 'iban' | 'category'>;

export function verifyAnswer(debt: PayableDebt, { iban }: Terms): readonly XmlText[] {
  const description = cut(debt.description, 140);
  return [
    outcomeOk,
    xml('paymentList', [
      xml('paymentOptionDescription', [
        xml('amount', eurosOf(debt.amount)),
        xml('options', 'EQ'),
        ...(debt.dueOn === null ? [] : [xml('dueDate', debt.dueOn)]),
        xml('detailDescription', description),
        xml('allCCP', String(isPostal(iban))),
      ]),
    ]),
    xml('paymentDescription', description),
    xml('fiscalCodePA', debt.creditor),
    xml('companyName', cut(debt.creditorName, 140)),
  ];
}

export function getPaymentAnswer(debt: PayableDebt, { iban, category }: Terms): readonly XmlText[] {
  const { iuv, creditor, debtor } = debt;
  const [amount, description] = [eurosOf(debt.amount), cut(debt.description, 140)];
  return [
    outcomeOk,
    xml('data', [
      xml('creditorReferenceId', iuv),
      xml('paymentAmount', amount),
      xml('dueDate', debt.dueOn ?? noDueDate),
      xml('description', description),
      xml('companyName', cut(debt.creditorName, 140)),
      xml('debtor', [
        xml('uniqueIdentifier', [
          xml('entityUniqueIdentifierType', debtor.kind === 'PERSON' ? 'F' : 'G'),
          xml('entityUniqueIdentifierValue', debtor.codiceFiscale),
        ]),
        // The schema requires a name; the code already identifies the debtor, so no name is sent.
        xml('fullName', debtor.codiceFiscale),
      ]),
      xml('transferList', [
        xml('transfer', [
          xml('idTransfer', '1'),
          xml('transferAmount', amount),
          xml('fiscalCodePA', creditor),
          xml('IBAN', iban),
          xml('remittanceInformation', description),
          xml('transferCategory', category),
        ]),
      ]),
    ]),
  ];
}

export const receivedAnswer = (): readonly XmlText[] => [outcomeOk];

/** `id` names the sender of the fault: the municipality. */
export function refusalAnswer({ code, expected }: NodeRefusal, creditor: string): readonly XmlText[] {
  return [
    xml('outcome', 'KO'),
    xml('fault', [
      xml('faultCode', code),
      xml('faultString', faults[code]),
      xml('id', creditor),
      xml('description', expected),
    ]),
  ];
}

const outcomeOk = xml('outcome', 'OK');

/** The schema requires a day; some debts have none. */
const noDueDate = '2099-12-31';

function eurosOf(cents: EuroCents): string {
  const digits = String(cents).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Whether the money goes to Poste Italiane (ABI code 07601): such notices can be paid at its counters. */
function isPostal(iban: string): boolean {
  return iban.slice(5, 10) === '07601';
}
