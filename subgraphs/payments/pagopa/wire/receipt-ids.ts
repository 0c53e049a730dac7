import { readXml, type XmlElement } from '../../../../core/xml/read-xml.ts';

/**
 * The IURs in a response of GPD's receipts by IUV. Its specification describes the response only as text: it is
 * the receipt as the node sent it, of any version and wrapping. Errors: InvalidXml.
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
