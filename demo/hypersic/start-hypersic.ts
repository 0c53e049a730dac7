import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../core/clock.ts';
import { listenAt } from '../../core/http/listen.ts';
import type { Xml } from '../../core/xml.ts';
import {
  type Effect,
  effectOf,
  envelopeOf,
  faultOf,
  inBandError,
  italianCulture,
  readCall,
  type ServiceCulture,
} from './answer-call.ts';
import { changeFaults, createFaults, type FaultKind, type Faults, nextFault } from './faults.ts';
import { openRegisterStore, type RegisterStore } from './register-store.ts';
import { servicePath, wsdl } from './service-definition.ts';

export interface HypersicOptions {
  /** Of hyperSIC's database, with a user that may write. */
  readonly databaseUrl: string;
  readonly host: string;
  /** 0 chooses a free one. */
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly clock: Clock;
  readonly faultPercent?: number;
  readonly culture?: ServiceCulture;
  readonly random?: () => number;
}

export interface HypersicStandIn {
  readonly serviceUrl: string;
  readonly faults: Faults;
  readonly store: RegisterStore;
  close(): Promise<void>;
}

const maxBodyBytes = 32 * 1024 * 1024;

/**
 * hyperSIC's protocol service, played over its database, with faults on demand: `PUT /faults` takes
 * `{"down": true}`, `{"percent": 20}` or `{"next": [{"kind": "reset-after", "operation": "InsertProtocolloGenerale"}]}`.
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

  const service = async (request: IncomingMessage, response: ServerResponse) => {
    const text = await bodyOf(request);
    if (faults.isDown) return void request.socket.destroy();
    const call = read(text);
    if (call === null) return send(response, 500, faultOf('Client', 'Unreadable request.'));
    if (!isKnown(call.user, call.password)) return send(response, 500, faultOf('Client', 'Accesso negato.'));
    const effect = effectOf(call, store, culture);
    if (effect === null) return send(response, 500, faultOf('Client', 'Unknown operation.'));
    const fault = nextFault(faults, call.operation, random);
    await play(call.operation, effect, fault, response);
  };

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
        // The answer of attachments is empty: it has no place for a complaint.
        if (operation === 'InsertAllegatoProtocolloGenerale')
          return send(response, 500, faultOf('Server', 'Server was unable to process request.'));
        return send(response, 200, inBandError(operation, 'Servizio momentaneamente non disponibile.'));
    }
  };

  const control = async (request: IncomingMessage, response: ServerResponse) => {
    try {
      if (request.method === 'PUT') changeFaults(faults, JSON.parse(await bodyOf(request)));
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
    finishing(Promise.resolve(work).catch(() => void response.socket?.destroy()));
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
    async close() {
      server.close();
      server.closeAllConnections();
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

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > maxBodyBytes) throw new Error('The request is too large.');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
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
