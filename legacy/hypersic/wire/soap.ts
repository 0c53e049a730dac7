import { DOMParser, type Element } from '@xmldom/xmldom';
import { readCapped } from '../../../core/http/read-capped.ts';
import { CallFailed, createGuard, type GuardWatch } from '../../../core/resilience/guard.ts';
import { decodeXml } from '../../../core/xml/decode-xml.ts';
import { element, type Xml, xmlDocument } from '../../../core/xml/write-xml.ts';

// [SPEC] §5.1: SOAP 1.1, document/literal, SOAPAction is the namespace and the operation.
export const serviceNamespace = 'http://services.apsystems.it/';
export const envelopeNamespace = 'http://schemas.xmlsoap.org/soap/envelope/';

export interface SoapOptions {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** Time limit of one call, to the last byte of the response. */
  readonly timeoutMs: number;
  readonly maxAnswerBytes?: number;
  readonly watch?: GuardWatch;
}

/** The service responded with a fault. */
export class SoapFault extends Error {
  override readonly name = 'SoapFault';
  /** Whether the fault blames the request: then the service did nothing. */
  readonly isOurs: boolean;

  constructor(code: string, text: string) {
    super(text);
    this.isOurs = /(^|:)Client(\.|$)/.test(code);
  }
}

/** No readable response arrived: the call may have had its effect. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** Calls an operation and returns its `…Response` element. Errors: SoapFault, NoAnswer. */
export type SoapCall = (operation: string, parameters: readonly Xml[]) => Promise<Element>;

// [CLIENT] §5.1: an integrator caps messages at 6,553,600 bytes.
const usualMaxBytes = 6_553_600;

export function createSoapCall(options: SoapOptions): SoapCall {
  const guard = createGuard({
    name: 'protocol register',
    timeoutMs: options.timeoutMs,
    // [PORTAL] §3.7: the vendor's shared host is slow, and resets connections under bursts.
    maxAtOnce: 8,
    maxWaiting: 1_000,
    // A single insert may be slow: the trial call after a pause gets the full time limit.
    trialMs: options.timeoutMs,
    isFailure: (error) => error instanceof NoAnswer,
    watch: options.watch ?? {},
  });
  const send = (operation: string, body: string) =>
    guard
      .run((signal) => exchange(options, operation, body, signal))
      .catch((error: unknown) => {
        throw error instanceof CallFailed ? new NoAnswer(error.message, { cause: error }) : error;
      });
  return async (operation, parameters) => {
    const { status, text } = await send(operation, envelope(options, operation, parameters));
    const body = firstChild(parseXml(text).documentElement, 'Body');
    const fault = firstChild(body, 'Fault');
    if (fault !== null)
      throw new SoapFault(textOf(fault, 'faultcode') ?? '', textOf(fault, 'faultstring') ?? '');
    const response = firstChild(body, `${operation}Response`);
    if (response === null || status !== 200)
      throw new NoAnswer(`HTTP ${status} without ${operation}Response.`);
    return response;
  };
}

/** [SPEC] §5.1: credentials are in a header of every call, in clear text: the address should be https. */
function envelope({ user, password }: SoapOptions, operation: string, parameters: readonly Xml[]): string {
  const credentials = element('AuthenticationDetails', { xmlns: serviceNamespace }, [
    element('UserName', user),
    element('Password', password),
  ]);
  return xmlDocument(
    element('soap:Envelope', { 'xmlns:soap': envelopeNamespace }, [
      element('soap:Header', [credentials]),
      element('soap:Body', [element(operation, { xmlns: serviceNamespace }, parameters)]),
    ]),
  );
}

async function exchange(options: SoapOptions, operation: string, body: string, signal: AbortSignal) {
  try {
    const response = await fetch(options.url, {
      method: 'POST',
      body,
      redirect: 'error',
      signal,
      headers: {
        'content-type': 'text/xml; charset=utf-8',
        soapaction: `"${serviceNamespace}${operation}"`,
      },
    });
    const bytes = await readCapped(response.body ?? [], options.maxAnswerBytes ?? usualMaxBytes);
    if (bytes === null) throw new Error('The answer is too long.');
    return { status: response.status, text: decodeXml(bytes, response.headers.get('content-type')) };
  } catch (cause) {
    throw new NoAnswer(`${operation} was not answered.`, { cause });
  }
}

/**
 * Errors: NoAnswer for text that is not XML, and for a document type declaration, which SOAP forbids and which
 * could hold entities.
 */
export function parseXml(text: string) {
  if (text.includes('<!DOCTYPE')) throw new NoAnswer('A document type came in an answer.');
  try {
    return new DOMParser({ onError: fail }).parseFromString(text.trim(), 'text/xml');
  } catch (cause) {
    throw new NoAnswer('The answer is no XML.', { cause });
  }
}

function fail(level: string, message: string): void {
  if (level !== 'warning') throw new Error(message);
}

export function childrenOf(parent: Element | null): readonly Element[] {
  return [...(parent?.childNodes ?? [])].filter((node): node is Element => node.nodeType === 1);
}

export function firstChild(parent: Element | null, localName: string): Element | null {
  return childrenOf(parent).find((child) => child.localName === localName) ?? null;
}

/** The text of a child; null without one. */
export function textOf(parent: Element, localName: string): string | null {
  return firstChild(parent, localName)?.textContent ?? null;
}
