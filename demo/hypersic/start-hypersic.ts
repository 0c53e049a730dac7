import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { DOMParser } from '@xmldom/xmldom';
import type { Clock } from '../../core/clock.ts';
import { closeServer, listenAt } from '../../core/http/listen.ts';
import { readCapped } from '../../core/http/read-capped.ts';
import type { Xml } from '../../core/xml/write-xml.ts';
import { createMessages, type Messages, type OnMessage } from '../contract/messages.ts';
import {
  type Effect,
  effectOf,
  envelopeOf,
  faultOf,
  inBandError,
  italianCulture,
  type ServiceCulture,
} from './answer-call.ts';
import { problemsOfAnswer, problemsOfCall } from './contract.ts';
import { changeFaults, createFaults, type FaultKind, type Faults, nextFault } from './faults.ts';
import { readCall } from './read-call.ts';
import { openRegisterStore, type RegisterStore } from './register-store.ts';
import { operations, serviceNamespace, servicePath, wsdl } from './service-definition.ts';

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

const maxBodyBytes = 32 * 1024 * 1024;

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
  const isKnown = (user: string, password: string) => user === options.user && password === options.password;

  const messages = createMessages(options.onMessage);

  const service = async (request: IncomingMessage, response: ServerResponse) => {
    const text = await bodyOf(request);
    if (faults.isDown) return void request.socket.destroy();
    if (text === null) return refuse(response, 'Server', 'Maximum request length exceeded.');
    const isXml = /^text\/xml\b/i.test(request.headers['content-type'] ?? '');
    if (!isXml) return void response.writeHead(415).end();
    const action = String(request.headers.soapaction ?? '').replace(/^"(.*)"$/, '$1');
    const operation = operations.find(({ name }) => action === serviceNamespace + name)?.name;
    if (operation === undefined)
      return refuse(
        response,
        'Client',
        `Server did not recognize the value of HTTP Header SOAPAction: ${action}.`,
      );
    const call = read(text);
    if (call === null) return refuse(response, 'Client', 'Server was unable to read request.');
    const problems = messages.check({
      counterpart: 'hyperSIC',
      writer: 'project',
      name: operation,
      text,
      problems:
        call.operation === operation
          ? problemsOfCall(call.element)
          : [`${operation} was expected, as the SOAPAction says.`],
    });
    if (problems.length > 0)
      return refuse(response, 'Client', `Server was unable to read request. ---> ${problems.join(' ')}`);
    if (!isKnown(call.user, call.password)) return refuse(response, 'Client', 'Accesso negato.');
    const effect = checked(operation, effectOf(call, store, culture));
    if (effect === null) return refuse(response, 'Client', 'Unknown operation.');
    const fault = nextFault(faults, call.operation, random);
    await play(call.operation, effect, fault, response);
  };

  /** A response that violates the service's description is never sent. */
  const checked = (operation: string, effect: Effect | null): Effect | null =>
    effect && {
      ...effect,
      async apply() {
        const answer = await effect.apply();
        const { documentElement } = new DOMParser().parseFromString(answer.xml, 'text/xml');
        const problems =
          documentElement === null ? ['XML was expected.'] : problemsOfAnswer(operation, documentElement);
        const name = `${operation}Response`;
        messages.check({ counterpart: 'hyperSIC', writer: 'stand-in', name, text: answer.xml, problems });
        return answer;
      },
    };

  const refuse = (response: ServerResponse, code: 'Client' | 'Server', what: string) =>
    send(response, 500, faultOf(code, what));

  const play = async (
    operation: string,
    effect: Effect,
    fault: FaultKind | null,
    response: ServerResponse,
  ) => {
    const cut = () => void response.socket?.destroy();
    const later = async () => {
      await wait(random() * faults.delayMs);
      await effect.apply();
    };
    switch (fault) {
      case null:
        return send(response, 200, await effect.apply());
      case 'slow':
        await wait(random() * faults.delayMs);
        return send(response, 200, await effect.apply());
      case 'reset-before':
        return cut();
      case 'reset-after':
        await effect.apply();
        return cut();
      case 'reset-late':
        finishing(later());
        return cut();
      case 'fault':
        return send(response, 500, faultOf('Server', 'Server was unable to process request.'));
      case 'fault-after':
        await effect.apply();
        return send(response, 500, faultOf('Server', 'Server was unable to process request.'));
      case 'in-band':
        // The response to an attachment is empty: it has no room for a complaint.
        if (operation === 'InsertAllegatoProtocolloGenerale')
          return send(response, 500, faultOf('Server', 'Server was unable to process request.'));
        return send(response, 200, inBandError(operation, 'Servizio momentaneamente non disponibile.'));
    }
  };

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
          ? service(request, response)
          : isService && search.toLowerCase() === '?wsdl'
            ? xml(response, 200, wsdl(serviceUrl()))
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

function read(text: string) {
  try {
    return readCall(text);
  } catch {
    return null;
  }
}

/**
 * ASP.NET's response to an exception in a web method: a fault, whatever the call has already done. A caller that
 * cut the connection gets nothing.
 */
function answerFailure(response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) return void response.socket?.destroy();
  const why = error instanceof Error ? error.message : 'Exception.';
  send(response, 500, faultOf('Server', `Server was unable to process request. ---> ${why}`));
}

/** Null if it is too large: the rest is read and dropped, so that the fault reaches the caller. */
async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const bytes = await readCapped(request.iterator({ destroyOnReturn: false }), maxBodyBytes);
  request.resume();
  return bytes?.toString('utf8') ?? null;
}

function send(response: ServerResponse, status: number, body: Xml): void {
  xml(response, status, envelopeOf(body));
}

function xml(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/xml; charset=utf-8' }).end(text);
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`);
}
