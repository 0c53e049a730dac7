import { DOMParser, type Element } from '@xmldom/xmldom';
import { childNamed, childrenOf } from './dom.ts';

export const soapNamespace = 'http://schemas.xmlsoap.org/soap/envelope/';

/** A parsed call. */
export interface Call {
  readonly operation: string;
  /** The element in the body. */
  readonly element: Element;
  readonly user: string;
  readonly password: string;
  /** A parameter's text; null if it is missing or empty. */
  text(name: string): string | null;
  /** The rows of a table of the DataSet `dsDati`. */
  rows(table: string): readonly Readonly<Record<string, string>>[];
}

/** Errors: text that is not XML. */
function documentElementOf(text: string): Element {
  const fail = (level: string, message: string) => {
    if (level !== 'warning') throw new Error(message);
  };
  const { documentElement } = new DOMParser({ onError: fail }).parseFromString(text, 'text/xml');
  if (documentElement === null) throw new Error('An element was expected.');
  return documentElement;
}

/** Errors: XML that is not SOAP 1.1. */
export function readCall(envelope: string): Call {
  const root = documentElementOf(envelope);
  const [body] = childrenOf(childNamed(root, 'Body'));
  if (root.localName !== 'Envelope' || root.namespaceURI !== soapNamespace || body === undefined)
    throw new Error('A SOAP envelope with an element in its body was expected.');
  const credentials = childNamed(childNamed(root, 'Header'), 'AuthenticationDetails');
  const diffgram = childNamed(childNamed(body, 'dsDati'), 'diffgram');
  const [set = null] = childrenOf(diffgram);
  return {
    operation: body.localName ?? '',
    element: body,
    user: childNamed(credentials, 'UserName')?.textContent ?? '',
    password: childNamed(credentials, 'Password')?.textContent ?? '',
    text: (name) => childNamed(body, name)?.textContent?.trim() || null,
    rows: (table) =>
      childrenOf(set)
        .filter(({ localName }) => localName === table)
        .map((row) =>
          Object.fromEntries(childrenOf(row).map((cell) => [cell.localName ?? '', cell.textContent ?? ''])),
        ),
  };
}
