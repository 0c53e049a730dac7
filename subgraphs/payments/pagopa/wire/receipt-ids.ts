import { readXml, type XmlElement } from '../../../../core/xml/read-xml.ts';

/**
 * The IURs inside an answer of GPD's receipts by IUV, which its specification describes as a text only: the receipt
 * as the node sent it, whatever its version and wrapping. Errors: InvalidXml.
 */
export function receiptIdsIn(text: string): readonly string[] {
  const ids = new Set<string>();
  const visit = ({ name, text: value, children }: XmlElement) => {
    if (name === 'receiptId' && /^\S{1,140}$/.test(value)) ids.add(value);
    children.forEach(visit);
  };
  visit(readXml(text));
  return [...ids];
}
