import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../core/clock.ts';
import { closeServer, listenAt } from '../../core/http/listen.ts';
import { createMessages, type Messages, type OnMessage } from '../contract/messages.ts';
import { italianCulture, type ServiceCulture } from './answer-call.ts';
import { answerFailure, bodyOf, createAnswers, sendXml } from './answer-request.ts';
import { changeFaults, createFaults, type Faults } from './faults.ts';
import { openRegisterStore, type RegisterStore } from './register-store.ts';
import { servicePath, wsdl } from './service-definition.ts';

export interface HypersicOptions {
  /** hyperSIC's database, with a user that may write. */
  readonly databaseUrl: string;
  readonly host: string;
  /** 0: the system chooses a free port. */
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly clock: Clock;
  readonly faultPercent?: number;
  readonly culture?: ServiceCulture;
  readonly random?: () => number;
  readonly onMessage?: OnMessage;
}

export interface HypersicStandIn {
  readonly serviceUrl: string;
  readonly faults: Faults;
  readonly store: RegisterStore;
  /** All messages, each validated against the service's description. */
  readonly messages: Messages;
  close(): Promise<void>;
}

/**
 * hyperSIC's protocol service, played over its database, with faults on demand: `PUT /faults` takes `{"down":
 * true}`, `{"percent": 20}` or `{"next": [{"kind": "reset-after", "operation": "InsertProtocolloGenerale"}]}`.
 */
export async function startHypersic(options: HypersicOptions): Promise<HypersicStandIn> {
  const { databaseUrl, clock, host, culture = italianCulture, random = Math.random } = options;
  const store = openRegisterStore(databaseUrl, clock);
  const faults = createFaults(options.faultPercent);
  const unfinished = new Set<Promise<unknown>>();
  const finishing = (work: Promise<unknown>) => {
    unfinished.add(work);
    void work.catch(() => undefined).finally(() => unfinished.delete(work));
  };
  const messages = createMessages(options.onMessage);
  const answer = createAnswers({ ...options, culture, random, store, faults, messages, finishing });

  const control = async (request: IncomingMessage, response: ServerResponse) => {
    try {
      if (request.method === 'PUT') changeFaults(faults, JSON.parse((await bodyOf(request)) ?? ''));
      json(response, 200, faults);
    } catch (error) {
      json(response, 400, { error: error instanceof Error ? error.message : 'Unreadable.' });
    }
  };

  const server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://hypersic');
    const isService = pathname.toLowerCase() === servicePath;
    const work =
      pathname === '/faults'
        ? control(request, response)
        : isService && request.method === 'POST'
          ? answer(request, response)
          : isService && search.toLowerCase() === '?wsdl'
            ? sendXml(response, 200, wsdl(serviceUrl()))
            : json(response, 404, { error: `The service is at ${servicePath}.` });
    finishing(Promise.resolve(work).catch((error: unknown) => answerFailure(response, error)));
  });
  const serviceUrl = () => `http://${host}:${(server.address() as AddressInfo).port}${servicePath}`;
  await listenAt(server, { port: options.port, host, portVariable: 'DEMO_HYPERSIC_PORT' }).catch(
    async (error) => {
      await store.close();
      throw error;
    },
  );
  return {
    serviceUrl: serviceUrl(),
    faults,
    store,
    messages,
    async close() {
      await closeServer(server, 0);
      await Promise.allSettled([...unfinished]);
      await store.close();
    },
  };
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`);
}
