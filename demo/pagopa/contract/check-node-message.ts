import type { XmlElement } from '../../../core/xml/read-xml.ts';
import type { Message, Messages } from '../../contract/messages.ts';
import { problemsOf } from '../../contract/xml-rules.ts';
import { type NodeMessageName, nodeNamespace, nodeRules } from './node-rules.ts';

/** Validates one message between node and station, given as its element. */
export function checkNodeMessage(
  messages: Messages,
  writer: Message['writer'],
  element: XmlElement | undefined,
  name: NodeMessageName,
  text: string,
): readonly string[] {
  const isNamed = element?.name === name && element.namespace === nodeNamespace;
  const problems = isNamed
    ? [...problemsOf(element, nodeRules[name]), ...contradictionsIn(element, name)]
    : [`${name} of ${nodeNamespace} was expected.`];
  return messages.check({ counterpart: 'paForNode', writer, name, text, problems });
}

/** The node's requirements beyond the schema, in which everything after the outcome is optional. */
function contradictionsIn(element: XmlElement, name: NodeMessageName): readonly string[] {
  const has = (...path: readonly string[]) => at(element, ...path) !== undefined;
  const isKo = at(element, 'outcome')?.text === 'KO';
  if (isKo) return has('fault') ? [] : ['KO comes with a fault.'];
  switch (name) {
    case 'paVerifyPaymentNoticeRes':
      return ['paymentList', 'paymentDescription', 'fiscalCodePA', 'companyName']
        .filter((part) => !has(part))
        .map((part) => `OK comes with ${part}.`);
    case 'paGetPaymentV2Response':
      if (!has('data')) return ['OK comes with data.'];
      return sumOfTransfers(element) === centsAt(element, 'data', 'paymentAmount')
        ? []
        : ['The transfers are not the amount in all.'];
    default:
      return [];
  }
}

function sumOfTransfers(element: XmlElement): number {
  const transfers = at(element, 'data', 'transferList')?.children ?? [];
  return transfers.reduce((sum, transfer) => sum + centsAt(transfer, 'transferAmount'), 0);
}

function centsAt(element: XmlElement, ...path: readonly string[]): number {
  return Math.round(Number(at(element, ...path)?.text) * 100);
}

export function at(element: XmlElement, ...path: readonly string[]): XmlElement | undefined {
  return path.reduce<XmlElement | undefined>(
    (inside, name) => inside?.children.find((child) => child.name === name),
    element,
  );
}
