import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a counterpart does instead of answering; `slow` answers in the end. */
export const faults = [
  'down',
  'hanging',
  'answering 500',
  'answering with a page',
  'answering with half a JSON',
  'answering with nothing',
  'breaking off in the middle',
  'resetting connections',
  'answering null',
  'slow',
] as const;
export type Fault = (typeof faults)[number];

export interface FaultyProxy {
  readonly url: string;
  /** Null: it passes requests on. */
  fault: Fault | null;
  /** How many requests came. */
  count: number;
  close(): Promise<void>;
}

/** Stands before a server, and goes wrong as it is told to. */
export async function startFaultyProxy(target: string): Promise<FaultyProxy> {
  const server: Server = createServer(async (request, response) => {
    proxy.count++;
    const body = await bodyOf(request);
    if (proxy.fault === null) return passOn(target, request, body, response);
    misbehave(proxy.fault, request, response, () => passOn(target, request, body, response));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const proxy: FaultyProxy = {
    url: `http://127.0.0.1:${port}${new URL(target).pathname}`,
    fault: null,
    count: 0,
    async close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return proxy;
}

function misbehave(
  fault: Fault,
  { socket }: IncomingMessage,
  response: ServerResponse,
  pass: () => void,
): void {
  const json = (status: number, body: string) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  switch (fault) {
    // A port on which nobody listens, as near as one can get without giving it up.
    case 'down':
      return void socket.destroy();
    case 'hanging':
      return;
    case 'answering 500':
      return void json(500, '{"errors":[{"message":"at Secret.line (/srv/app.js:1:1)"}]}');
    case 'answering with a page':
      return void response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<html><h1>nginx 10.0.0.7</h1></html>');
    case 'answering with half a JSON':
      return void json(200, '{"data":{"me":{"firstN');
    case 'answering with nothing':
      return void json(200, '');
    case 'breaking off in the middle':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"data":', () => socket.destroy());
      return;
    case 'resetting connections':
      return void socket.resetAndDestroy();
    case 'answering null':
      return void json(200, '{"data":null}');
    case 'slow':
      setTimeout(pass, 100);
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function passOn(target: string, request: IncomingMessage, body: Buffer, response: ServerResponse) {
  const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers;
  const answer = await fetch(target, {
    method: request.method ?? 'POST',
    headers: headers as Record<string, string>,
    ...(body.length === 0 ? {} : { body }),
  });
  response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
  response.end(Buffer.from(await answer.arrayBuffer()));
}
