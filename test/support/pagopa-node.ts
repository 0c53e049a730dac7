import { memoryAudit } from '../../core/audit.ts';
import { createLog } from '../../core/log.ts';
import type { ListenerConfig } from '../../core/pagopa-config.ts';
import { type CalendarDate, codiceFiscaleAsHeld, type EuroCents, iuvOf } from '../../core/values/index.ts';
import { readXml, type XmlElement } from '../../core/xml/read-xml.ts';
import type { Payment } from '../../demo/pagopa/ledger.ts';
import { envelope } from '../../demo/pagopa/node-client.ts';
import { getPaymentRequest, sendReceiptRequest, verifyRequest } from '../../demo/pagopa/node-messages.ts';
import type {
  AskedNotice,
  ListenerHandlers,
  NodeAnswer,
  PayableDebt,
} from '../../subgraphs/payments/listener/listener-handlers.ts';
import {
  openPagopaListener,
  type PagopaListener,
} from '../../subgraphs/payments/listener/pagopa-listener.ts';
import type { PagopaReceipt } from '../../subgraphs/shared/pagopa/pagopa.port.ts';
import { testClock } from './databases.ts';
import { creditor, noticeNumber, station, terms } from './pagopa.ts';

export const nodeSecret = 'n'.repeat(32);

export const nodeConfig: ListenerConfig = {
  ...station,
  port: 0,
  host: '127.0.0.1',
  iban: terms.iban,
  category: terms.category,
  secrets: [nodeSecret],
  tls: null,
};

export const owed: PayableDebt = {
  creditor,
  creditorName: 'Comune di Calvenzano',
  numeroAvviso: noticeNumber(1),
  iuv: iuvOf(noticeNumber(1)),
  amount: 4_610 as EuroCents,
  description: 'Fattura 2026/701, rata 1',
  dueOn: '2026-11-30' as CalendarDate,
  debtor: { codiceFiscale: codiceFiscaleAsHeld('RSSCLD84C52A794Q'), kind: 'PERSON' },
};

export interface TestListener extends PagopaListener {
  readonly asked: readonly unknown[];
  readonly received: readonly PagopaReceipt[];
  /** IUVs of payments that failed. */
  readonly released: readonly string[];
  readonly events: readonly unknown[];
  readonly logLines: readonly string[];
}

/** The listener before handlers that answer as the test says, and remember what they were asked. */
export async function openTestListener(
  options: {
    readonly config?: Partial<ListenerConfig>;
    readonly answer?: (notice: AskedNotice, signal?: AbortSignal) => Promise<NodeAnswer>;
    readonly receive?: ListenerHandlers['receive'];
    readonly limitMs?: number;
  } = {},
): Promise<TestListener> {
  const asked: unknown[] = [];
  const received: PagopaReceipt[] = [];
  const released: string[] = [];
  const logLines: string[] = [];
  const audit = memoryAudit();
  const answer =
    options.answer ??
    (async ({ numeroAvviso }) =>
      ({ outcome: 'payable', debt: { ...owed, numeroAvviso, iuv: iuvOf(numeroAvviso) } }) as const);
  const listener = await openPagopaListener({
    config: { ...nodeConfig, ...options.config },
    clock: testClock,
    log: createLog((line) => void logLines.push(line)),
    audit,
    ...(options.limitMs === undefined ? {} : { limitMs: options.limitMs }),
    handlers: {
      verifyNotice(notice) {
        asked.push(notice);
        return answer(notice);
      },
      getPayment(notice, signal) {
        asked.push(notice);
        return answer(notice, signal);
      },
      receive:
        options.receive ??
        (async (receipt) => {
          const isKnown = received.some(({ receiptId }) => receiptId === receipt.receiptId);
          received.push(receipt);
          return isKnown ? 'known' : 'new';
        }),
      async release(payment) {
        released.push(payment.iuv);
      },
    },
  });
  return { ...listener, asked, received, released, events: audit.events, logLines };
}

const notice = { fiscalCode: creditor, noticeNumber: noticeNumber(1) };

export const payment: Payment = {
  receiptId: 'c0ffee00c0ffee00c0ffee00c0ffee00',
  noticeNumber: noticeNumber(1),
  fiscalCode: creditor,
  iuv: iuvOf(noticeNumber(1)),
  amount: 4_610,
  description: 'Fattura 2026/701, rata 1',
  companyName: 'Comune di Calvenzano',
  debtor: { type: 'F', code: 'RSSCLD84C52A794Q', name: 'Claudia Rossi' },
  payer: { type: 'F', code: 'BNCMRC82L25L400X', name: 'Marco Bianchi' },
  iban: terms.iban,
  category: terms.category,
  paymentNote: '0b5e1c3a-7d2f-4f0e-9a51-3c6f1d2e4b5a',
  paidAt: '2026-10-15T07:00:00.000Z',
  heldBy: 'station',
  delivery: 'pending',
  tries: 0,
};

/** What the node would send. */
export const messages = {
  paVerifyPaymentNotice: envelope(verifyRequest(station, notice)),
  paGetPaymentV2: envelope(getPaymentRequest(station, notice, 4_610, payment.paymentNote)),
  paSendRTV2: envelope(sendReceiptRequest(station, payment)),
} as const;
export type OperationName = keyof typeof messages;
export const operationNames = Object.keys(messages) as readonly OperationName[];

export interface NodeReply {
  readonly status: number;
  readonly text: string;
  /** The element in the body. */
  readonly content: XmlElement | undefined;
  readonly outcome: string | undefined;
  readonly faultCode: string | undefined;
}

export async function callNode(
  { url }: Pick<PagopaListener, 'url'>,
  operation: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<NodeReply> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'text/xml; charset=utf-8',
      soapaction: `"${operation}"`,
      'x-node-secret': nodeSecret,
      ...headers,
    },
    body,
  });
  const text = await response.text();
  const isXml = response.headers.get('content-type')?.startsWith('text/xml') === true;
  const content = isXml ? readXml(text).children[0]?.children[0] : undefined;
  return {
    status: response.status,
    text,
    content,
    outcome: textIn(content, 'outcome'),
    faultCode: textIn(content, 'fault', 'faultCode'),
  };
}

export function textIn(element: XmlElement | undefined, ...path: readonly string[]): string | undefined {
  return path.reduce<XmlElement | undefined>(
    (inside, name) => inside?.children.find((child) => child.name === name),
    element,
  )?.text;
}
