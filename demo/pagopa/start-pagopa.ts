import { createServer } from 'node:http';
import { join } from 'node:path';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import type { Clock } from '../../core/clock.ts';
import { closeServer, listenAt } from '../../core/http/listen.ts';
import { createMessages, type Messages, type OnMessage } from '../contract/messages.ts';
import { type Chaos, noChaos } from './chaos.ts';
import { checkoutApi } from './checkout.ts';
import { apiProblem, checkoutProblem } from './contract/json-rules.ts';
import { controlApi } from './control.ts';
import { createDeliveries } from './deliveries.ts';
import { answerChaos } from './faults.ts';
import { gpdApi } from './gpd.ts';
import { type Ledger, openLedger } from './ledger.ts';
import { createNodeClient, type NodeClient, type StationAddress } from './node-client.ts';
import type { Station } from './node-messages.ts';
import { payerPages } from './payer.ts';
import { receiptsByIur, receiptsByIuv } from './receipts.ts';
import { createWire, type Wire } from './wire.ts';

export interface PagopaStandInOptions {
  readonly port: number;
  readonly host: string;
  /** The file of payments; null keeps them in memory. */
  readonly dataDir: string | null;
  readonly station: Station;
  readonly gpdSegregationCode: string;
  readonly subscriptionKey: string;
  readonly clock: Clock;
  readonly chaos?: Chaos;
  /** The unit of the pauses between attempts to send a receipt; 5 s. */
  readonly slotMs?: number;
  /** How long a payment in progress locks a notice; 30 minutes. */
  readonly lockMs?: number;
  readonly onMessage?: OnMessage;
}

export interface PagopaStandIn {
  readonly url: string;
  readonly checkoutUrl: string;
  readonly gpdUrl: string;
  readonly gpdReceiptsUrl: string;
  readonly receiptsUrl: string;
  readonly ledger: Ledger;
  setChaos(chaos: Partial<Chaos>): void;
  /** From now on the node reaches the municipality's station; pending receipts are sent. */
  connect(address: Pick<StationAddress, 'url' | 'secret'>): void;
  /** Resolves when every receipt was sent or given up. */
  settled(): Promise<void>;
  /** Received calls, such as `POST /checkout/ec/v1/carts`. */
  readonly calls: string[];
  /** All messages, each validated against pagoPA's specifications. */
  readonly messages: Messages;
  close(): Promise<void>;
}

/** Stands in for GPD, Checkout with its page, the node, and the receipt services. */
export async function startPagopaStandIn(options: PagopaStandInOptions): Promise<PagopaStandIn> {
  const { station, clock, slotMs = 5_000, lockMs = 30 * 60_000, subscriptionKey } = options;
  const ledger = openLedger(options.dataDir === null ? null : join(options.dataDir, 'pagopa.json'));
  // Payers whose payment was in progress when the process ended may try again.
  for (const cart of ledger.carts) if (cart.state === 'paying') cart.state = 'open';
  let current = options.chaos ?? noChaos;
  let client: NodeClient | null = null;
  const now = () => clock.now();
  const chaos = () => current;
  const deliveries = createDeliveries({ ledger, chaos, station: () => client, slotMs });
  const server = createServer();
  const { port, host } = options;
  const url = `http://${host}:${await listenAt(server, { port, host, portVariable: 'DEMO_PAGOPA_PORT' })}`;
  const calls: string[] = [];
  const messages = createMessages(options.onMessage);

  const payTools = {
    ledger,
    chaos,
    now,
    lockMs,
    node: () => client,
    gpdSegregationCode: options.gpdSegregationCode,
    deliveries,
  };
  const setChaos = (changed: Chaos) => {
    current = changed;
  };
  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.use(({ method, path }, _response, next) => {
    calls.push(`${method} ${path}`);
    setTimeout(next, current.delayMs);
  });
  app.use('/checkout/c', payerPages(payTools));
  app.use('/control', controlApi({ ...payTools, setChaos }));
  app.use(onlySubscribers(subscriptionKey));
  const wireOf = (counterpart: string) => createWire(messages, counterpart, apiProblem);
  const checkout = createWire(messages, 'checkout', checkoutProblem);
  const pageOf = (id: string) => `${url}/checkout/c/${id}`;
  app.use(
    '/checkout/ec/v1',
    readJson(checkout),
    checkoutApi({ tools: payTools, ledger, chaos, wire: checkout, pageOf }),
  );
  const gpd = wireOf('gpd');
  const positions = gpdApi({ ledger, chaos, clock, creditor: station.creditor, wire: gpd });
  app.use('/gpd/debt-positions-service/v1', readJson(gpd), positions);
  const receipts = { ledger, chaos, station, messages };
  app.use('/gpd/payments-receipts-service/v1', receiptsByIuv({ ...receipts, wire: wireOf('gpd-receipts') }));
  app.use('/bizevents/service/v1', receiptsByIur({ ...receipts, wire: wireOf('biz-events') }));
  server.on('request', app);
  return {
    url,
    checkoutUrl: `${url}/checkout/ec/v1`,
    gpdUrl: `${url}/gpd/debt-positions-service/v1`,
    gpdReceiptsUrl: `${url}/gpd/payments-receipts-service/v1`,
    receiptsUrl: `${url}/bizevents/service/v1`,
    ledger,
    calls,
    messages,
    setChaos: (changed) => setChaos({ ...noChaos, ...changed }),
    connect(address) {
      client = createNodeClient({ ...station, ...address }, messages);
      deliveries.schedule(ledger.payments);
    },
    settled: () => deliveries.settled(),
    async close() {
      deliveries.stop();
      await closeServer(server, 0);
    },
  };
}

function onlySubscribers(key: string): RequestHandler {
  return (request, response, next) => {
    if (request.headers['ocp-apim-subscription-key'] === key) return next();
    answerChaos(response, '401');
  };
}

/** JSON only: another body gets an error in the API's format. */
function readJson(wire: Wire): (RequestHandler | ErrorRequestHandler)[] {
  const isJson: RequestHandler = (request, response, next) => {
    if (request.method !== 'POST' || request.is('application/json')) return next();
    wire.problem(response, 415, 'Unsupported Media Type', 'application/json was expected.');
  };
  const unreadable: ErrorRequestHandler = (error, _request, response, next) => {
    const { status } = error as { readonly status?: number };
    if (status === undefined) return next(error);
    wire.problem(response, status, 'Bad Request', 'A JSON body of at most 256 kB was expected.');
  };
  return [isJson, express.json({ limit: '256kb' }), unreadable];
}
