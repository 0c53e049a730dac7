import { InvalidXml, readXml, type XmlElement } from '../../../core/xml/read-xml.ts';
import { element, type Xml, xmlDocument } from '../../../core/xml/write-xml.ts';

// Source: SOAP 1.1 §4; document literal as paForNode.wsdl binds it.

const envelope = 'http://schemas.xmlsoap.org/soap/envelope/';
export const paForNode = 'http://pagopa-api.pagopa.gov.it/pa/paForNode.xsd';

/** The single element in an envelope's body. Errors: InvalidXml. */
export function readEnvelope(text: string): XmlElement {
  const root = readXml(text);
  const parts = root.children.filter(({ namespace }) => namespace === envelope);
  const bodies = parts.filter(({ name }) => name === 'Body');
  const [content, ...more] = bodies[0]?.children ?? [];
  if (root.name !== 'Envelope' || root.namespace !== envelope || bodies.length !== 1)
    throw new InvalidXml('A SOAP 1.1 envelope with one body was expected.');
  if (content === undefined || more.length > 0) throw new InvalidXml('One element in the body was expected.');
  return content;
}

export function writeEnvelope(content: Xml): string {
  const names = { 'xmlns:soapenv': envelope, 'xmlns:paf': paForNode };
  return xmlDocument(element('soapenv:Envelope', names, [element('soapenv:Body', [content])]));
}

/** For a call whose operation is unknown. */
export function writeSoapFault(text: string): string {
  return writeEnvelope(
    element('soapenv:Fault', [element('faultcode', 'soapenv:Client'), element('faultstring', text)]),
  );
}
