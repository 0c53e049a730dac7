import type { ListenerConfig } from '../../../core/pagopa-config.ts';
import type { EuroCents } from '../../../core/values/index.ts';
import { element, type Xml } from '../../../core/xml/write-xml.ts';
import { cut } from '../pagopa/formats.ts';
import { faults, type NodeRefusal } from './faults.ts';
import type { PayableDebt } from './listener-handlers.ts';

// Responses with the elements in the order of paForNode.xsd. Unit: euros with two decimals on the wire.

type Terms = Pick<ListenerConfig, 'iban' | 'category'>;

export function verifyAnswer(debt: PayableDebt, { iban }: Terms): readonly Xml[] {
  const description = cut(debt.description, 140);
  return [
    outcomeOk,
    element('paymentList', [
      element('paymentOptionDescription', [
        element('amount', eurosOf(debt.amount)),
        element('options', 'EQ'),
        ...(debt.dueOn === null ? [] : [element('dueDate', debt.dueOn)]),
        element('detailDescription', description),
        element('allCCP', String(isPostal(iban))),
      ]),
    ]),
    element('paymentDescription', description),
    element('fiscalCodePA', debt.creditor),
    element('companyName', cut(debt.creditorName, 140)),
  ];
}

export function getPaymentAnswer(debt: PayableDebt, { iban, category }: Terms): readonly Xml[] {
  const { iuv, creditor, debtor } = debt;
  const [amount, description] = [eurosOf(debt.amount), cut(debt.description, 140)];
  return [
    outcomeOk,
    element('data', [
      element('creditorReferenceId', iuv),
      element('paymentAmount', amount),
      element('dueDate', debt.dueOn ?? noDueDate),
      element('description', description),
      element('companyName', cut(debt.creditorName, 140)),
      element('debtor', [
        element('uniqueIdentifier', [
          element('entityUniqueIdentifierType', debtor.kind === 'PERSON' ? 'F' : 'G'),
          element('entityUniqueIdentifierValue', debtor.codiceFiscale),
        ]),
        // The schema requires a name; the code already identifies the debtor, so no name is sent.
        element('fullName', debtor.codiceFiscale),
      ]),
      element('transferList', [
        element('transfer', [
          element('idTransfer', '1'),
          element('transferAmount', amount),
          element('fiscalCodePA', creditor),
          element('IBAN', iban),
          element('remittanceInformation', description),
          element('transferCategory', category),
        ]),
      ]),
    ]),
  ];
}

export const receivedAnswer = (): readonly Xml[] => [outcomeOk];

/** `id` names the sender of the fault: the municipality. */
export function refusalAnswer({ code, expected }: NodeRefusal, creditor: string): readonly Xml[] {
  return [
    element('outcome', 'KO'),
    element('fault', [
      element('faultCode', code),
      element('faultString', faults[code]),
      element('id', creditor),
      element('description', expected),
    ]),
  ];
}

const outcomeOk = element('outcome', 'OK');

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
