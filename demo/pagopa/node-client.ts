import { readXml, type XmlElement } from '../../core/xml/read-xml.ts';
import { element, type Xml } from '../../core/xml/write-xml.ts';
import type { Messages } from '../contract/messages.ts';
import { at, checkNodeMessage } from './contract/check-node-message.ts';
import { type NodeMessageName, nodeNamespace } from './contract/node-rules.ts';
import type { CartNoticeBody, Payment, Subject } from './ledger.ts';
import { getPaymentRequest, type Station, sendReceiptRequest, verifyRequest } from './node-messages.ts';

/** The address of the municipality's station, and the credentials it requires. */
export interface StationAddress extends Station {
  readonly url: string;
  readonly secret: string;
}

/** The station's data of a payable debt. */
export interface Owed {
  readonly amount: number;
  readonly iuv: string;
  readonly description: string;
  readonly companyName: string;
  readonly debtor: Subject;
  readonly iban: string;
  readonly category: string;
}

export type Asked = { readonly owed: Owed } | { readonly fault: string };

/**
 * Calls the municipality's station as the node does. A station that does not respond in time is
 * PPT_STAZIONE_INT_PA_TIMEOUT.
 */
export interface NodeClient {
  verify(notice: Pick<CartNoticeBody, 'fiscalCode' | 'noticeNumber'>): Promise<string | null>;
  getPayment(
    notice: Pick<CartNoticeBody, 'fiscalCode' | 'noticeNumber'> & { readonly amount: number | null },
    paymentNote: string | null,
  ): Promise<Asked>;
  /** Null if it was accepted; else the fault code. */
  sendReceipt(payment: Payment): Promise<string | null>;
}

const timeoutMs = 10_000;

const operations = {
  paVerifyPaymentNotice: ['paVerifyPaymentNoticeReq', 'paVerifyPaymentNoticeRes'],
  paGetPaymentV2: ['paGetPaymentV2Request', 'paGetPaymentV2Response'],
  paSendRTV2: ['paSendRTV2Request', 'paSendRTV2Response'],
} as const satisfies Readonly<Record<string, readonly [asked: NodeMessageName, answered: NodeMessageName]>>;

export function createNodeClient(station: StationAddress, messages: Messages): NodeClient {
  const call = async (operation: keyof typeof operations, content: Xml): Promise<XmlElement | string> => {
    const [asked, answered] = operations[operation];
    const request = envelope(content);
    checkNodeMessage(messages, 'stand-in', contentOf(request), asked, request);
    try {
      const response = await fetch(station.url, {
        method: 'POST',
        headers: {
          'content-type': 'text/xml; charset=utf-8',
          soapaction: `"${operation}"`,
          'x-node-secret': station.secret,
        },
        body: request,
        signal: AbortSignal.timeout(timeoutMs),
      });
      const text = await response.text();
      if (response.status !== 200) return 'PPT_STAZIONE_INT_PA_ERRORE_RESPONSE';
      const element = contentOf(text);
      // Nothing is paid after a response that violates the schema.
      const problems = checkNodeMessage(messages, 'project', element, answered, text);
      return element === undefined || problems.length > 0 ? 'PPT_STAZIONE_INT_PA_ERRORE_RESPONSE' : element;
    } catch (error) {
      const isLate = error instanceof Error && error.name === 'TimeoutError';
      return isLate ? 'PPT_STAZIONE_INT_PA_TIMEOUT' : 'PPT_STAZIONE_INT_PA_IRRAGGIUNGIBILE';
    }
  };
  const faultIn = (answer: XmlElement | string): string | null => {
    if (typeof answer === 'string') return answer;
    return textAt(answer, 'outcome') === 'OK' ? null : textAt(answer, 'fault', 'faultCode');
  };
  return {
    verify: async (notice) => faultIn(await call('paVerifyPaymentNotice', verifyRequest(station, notice))),
    async getPayment(notice, paymentNote) {
      const request = getPaymentRequest(station, notice, notice.amount, paymentNote);
      const answer = await call('paGetPaymentV2', request);
      const fault = faultIn(answer);
      if (fault !== null || typeof answer === 'string') return { fault: fault ?? 'PPT_SYSTEM_ERROR' };
      return { owed: toOwed(answer) };
    },
    sendReceipt: async (payment) => faultIn(await call('paSendRTV2', sendReceiptRequest(station, payment))),
  };
}

function toOwed(answer: XmlElement): Owed {
  return {
    amount: Number(textAt(answer, 'data', 'paymentAmount').replace('.', '')),
    iuv: textAt(answer, 'data', 'creditorReferenceId'),
    description: textAt(answer, 'data', 'description'),
    companyName: textAt(answer, 'data', 'companyName'),
    debtor: {
      type: textAt(answer, 'data', 'debtor', 'uniqueIdentifier', 'entityUniqueIdentifierType') as 'F' | 'G',
      code: textAt(answer, 'data', 'debtor', 'uniqueIdentifier', 'entityUniqueIdentifierValue'),
      name: textAt(answer, 'data', 'debtor', 'fullName'),
    },
    iban: textAt(answer, 'data', 'transferList', 'transfer', 'IBAN'),
    category: textAt(answer, 'data', 'transferList', 'transfer', 'transferCategory'),
  };
}

function textAt(element: XmlElement, ...path: readonly string[]): string {
  return at(element, ...path)?.text.trim() ?? '';
}

const soap = 'http://schemas.xmlsoap.org/soap/envelope/';

/** The element in an envelope's body; undefined for any other text. */
function contentOf(text: string): XmlElement | undefined {
  try {
    const { name, namespace, children } = readXml(text);
    const body = children.find((part) => part.name === 'Body' && part.namespace === soap);
    return name === 'Envelope' && namespace === soap && body?.children.length === 1
      ? body.children[0]
      : undefined;
  } catch {
    return undefined;
  }
}

export function envelope(content: Xml): string {
  const names = { 'xmlns:soapenv': soap, 'xmlns:paf': nodeNamespace };
  return element('soapenv:Envelope', names, [element('soapenv:Body', [content])]).xml;
}
