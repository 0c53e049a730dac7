import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLog } from '../../core/log.ts';
import type { PagopaConfig } from '../../core/pagopa-config.ts';
import {
  type CalendarDate,
  codiceFiscaleAsHeld,
  createNumeroAvviso,
  type EuroCents,
  iuvOf,
  type NumeroAvviso,
} from '../../core/values/index.ts';
import {
  type PagopaStandIn,
  type PagopaStandInOptions,
  startPagopaStandIn,
} from '../../demo/pagopa/start-pagopa.ts';
import { creditorCode } from '../../demo/town/people.ts';
import { createPagopa } from '../../subgraphs/payments/pagopa/create-pagopa.ts';
import type { NewCart, NewPosition, Pagopa } from '../../subgraphs/shared/pagopa/pagopa.port.ts';
import { testClock } from './databases.ts';

export const creditor = codiceFiscaleAsHeld(creditorCode);
export const station = { creditor: creditorCode, brokerCode: creditorCode, stationId: `${creditorCode}_01` };
export const key = 'k'.repeat(32);

export const terms: PagopaConfig['terms'] = {
  creditor: creditorCode,
  iban: 'IT60X0542811101000000123456',
  category: '9/0101002IM/',
  segregationCode: '01',
  gpdSegregationCode: '02',
};

export function startStandIn(options: Partial<PagopaStandInOptions> = {}): Promise<PagopaStandIn> {
  return startPagopaStandIn({
    port: 0,
    host: '127.0.0.1',
    dataDir: null,
    station,
    gpdSegregationCode: '02',
    subscriptionKey: key,
    clock: testClock,
    slotMs: 5,
    ...options,
  });
}

export interface Client {
  readonly pagopa: Pagopa;
  readonly logLines: readonly string[];
}

type Urls = Pick<PagopaConfig, 'checkoutUrl' | 'gpdUrl' | 'gpdReceiptsUrl' | 'receiptsUrl'>;

export function clientOf(urls: Urls, more: Partial<PagopaConfig> = {}): Client {
  const { checkoutUrl, gpdUrl, gpdReceiptsUrl, receiptsUrl } = urls;
  const logLines: string[] = [];
  const pagopa = createPagopa(
    {
      checkoutUrl,
      gpdUrl,
      gpdReceiptsUrl,
      receiptsUrl,
      keys: { checkout: key, gpd: key, receipts: key },
      timeoutMs: 2_000,
      terms,
      ...more,
    },
    { log: createLog((line) => void logLines.push(line)), clock: testClock },
  );
  return { pagopa, logLines };
}

/** A notice of our station's, or of GPD's. */
export function noticeNumber(base: number, segregationCode = 1): NumeroAvviso {
  return createNumeroAvviso({ segregationCode, base });
}

export function newCart(numbers: readonly NumeroAvviso[], amount = 4_610): NewCart {
  return {
    cartId: '0b5e1c3a-7d2f-4f0e-9a51-3c6f1d2e4b5a',
    notices: numbers.map((numeroAvviso) => ({
      numeroAvviso,
      creditor,
      amount: amount as EuroCents,
      creditorName: 'Comune di Calvenzano',
      description: 'Fattura 2026/701, rata 1',
    })),
    email: null,
    returnUrls: {
      ok: 'https://servizi.example.it/pagamento?esito=ok',
      cancel: 'https://servizi.example.it/pagamento?esito=annullato',
      error: 'https://servizi.example.it/pagamento?esito=errore',
    },
  };
}

export function newPosition(base: number, more: Partial<NewPosition> = {}): NewPosition {
  const numeroAvviso = noticeNumber(base, 2);
  return {
    iupd: `SP-${base}`,
    creditor,
    creditorName: 'Comune di Calvenzano',
    debtor: codiceFiscaleAsHeld('FRRGLI88S43F205Z'),
    debtorKind: 'PERSON',
    debtorName: 'Giulia Ferrari',
    email: 'giulia.ferrari@example.com',
    iuv: iuvOf(numeroAvviso),
    numeroAvviso,
    amount: 8_350 as EuroCents,
    description: 'Mensa scolastica, scuola primaria',
    dueOn: '2026-12-31' as CalendarDate,
    ...more,
  };
}

/** What a payer does without a browser. */
export function payAt(checkoutUrl: string, action: string, limitMs = 15_000): Promise<Response> {
  return fetch(checkoutUrl, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ action }),
    signal: AbortSignal.timeout(limitMs),
  });
}

export interface OddServer {
  readonly url: string;
  readonly requests: readonly { readonly method: string; readonly url: string; readonly body: string }[];
  close(): Promise<void>;
}

/** A counterpart that answers as the test says. */
export async function startOddServer(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<OddServer> {
  const requests: { method: string; url: string; body: string }[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    requests.push({ method: request.method ?? '', url: request.url ?? '', body });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
