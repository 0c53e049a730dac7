import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly event: {
    readonly id: string;
    readonly type: string;
    readonly timestamp: string;
    readonly data: Record<string, string>;
  };
}

/** A receiver of an integrator, whose answers a test decides. */
export async function openReceiver() {
  const received: Received[] = [];
  let answer = (response: ServerResponse, _event: Received): unknown => response.writeHead(204).end();
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const one = { headers: request.headers, body, event: JSON.parse(body) };
    received.push(one);
    answer(response, one);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    answers(by: typeof answer) {
      answer = by;
    },
    async got(count: number): Promise<readonly Received[]> {
      const until = Date.now() + 20_000;
      while (received.length < count && Date.now() < until) await new Promise((done) => setTimeout(done, 5));
      return received;
    },
    async close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

export type Receiver = Awaited<ReturnType<typeof openReceiver>>;
