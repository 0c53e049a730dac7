import { readXml, type XmlElement } from '../../core/xml/read-xml.ts';
import { type XmlText, xml } from '../../core/xml/write-xml.ts';
import type { CartNoticeBody, Payment, Subject } from './ledger.ts';
import { getPaymentRequest, type Station, sendReceiptRequest, verifyRequest } from './node-messages.ts';

/** Where the body's station listens, and what it asks of who calls. */
export interface StationAddress extends Station {
  readonly url: string;
  readonly secret: string;
}

/** What the station says of a debt that may be paid. */
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

/** As the node calls the body's station. A station that does not answer in time is PPT_STAZIONE_INT_PA_TIMEOUT. */
export interface NodeClient {
  verify(notice: Pick<CartNoticeBody, 'fiscalCode' | 'noticeNumber'>): Promise<string | null>;
  getPayment(
    notice: Pick<CartNoticeBody, 'fiscalCode' | 'noticeNumber'> & { readonly amount: number | null },
    paymentNote: string | null,
  ): Promise<Asked>;
  /** Null when it was taken; the fault code otherwise. */
  sendReceipt(payment: Payment): Promise<string | null>;
}

const timeoutMs = 10_000;

export function createNodeClient(station: StationAddress): NodeClient {
  const call = async (operation: string, content: XmlText): Promise<XmlElement | string> => {
    try {
      const response = await fetch(station.url, {
        method: 'POST',
        headers: {
          'content-type': 'text/xml; charset=utf-8',
          soapaction: `"${operation}"`,
          'x-node-secret': station.secret,
        },
        body: envelope(content),
        signal: AbortSignal.timeout(timeoutMs),
      });
      const text = await response.text();
      if (response.status !== 200) return 'PPT_STAZIONE_INT_PA_ERRORE_RESPONSE';
      return readXml(text).children.at(-1)?.children[0] ?? 'PPT_STAZIONE_INT_PA_ERRORE_RESPONSE';
    } catch (error) {
      const isLate = error instanceof Error && error.name === 'TimeoutError';
      return isLate ? 'PPT_STAZIONE_INT_PA_TIMEOUT' : 'PPT_STAZIONE_INT_PA_IRRAGGIUNGIBILE';
    }
  };
  const faultIn = (answer: XmlElement | string): string | null => {
    if (typeof answer === 'string') return answer;
    return at(answer, 'outcome') === 'OK' ? null : at(answer, 'fault', 'faultCode');
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
    amount: Number(at(answer, 'data', 'paymentAmount').replace('.', '')),
    iuv: at(answer, 'data', 'creditorReferenceId'),
    description: at(answer, 'data', 'description'),
    companyName: at(answer, 'data', 'companyName'),
    debtor: {
      type: at(answer, 'data', 'debtor', 'uniqueIdentifier', 'entityUniqueIdentifierType') as 'F' | 'G',
      code: at(answer, 'data', 'debtor', 'uniqueIdentifier', 'entityUniqueIdentifierValue'),
      name: at(answer, 'data', 'debtor', 'fullName'),
    },
    iban: at(answer, 'data', 'transferList', 'transfer', 'IBAN'),
    category: at(answer, 'data', 'transferList', 'transfer', 'transferCategory'),
  };
}

function at(element: XmlElement, ...path: readonly string[]): string {
  const found = path.reduce<XmlElement | undefined>(
    (inside, name) => inside?.children.find((child) => child.name === name),
    element,
  );
  return found?.text ?? '';
}

export function envelope(content: XmlText): string {
  const attributes =
    'xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:paf="http://pagopa-api.pagopa.gov.it/pa/paForNode.xsd"';
  return xml(`soapenv:Envelope ${attributes}`, [xml('soapenv:Body', [content])]);
}
