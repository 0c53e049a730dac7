import { type IncomingMessage, type ServerResponse, request as sendRequest } from 'node:http';
import { request as sendSecureRequest } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { passBytes } from '../../core/http/pass-bytes.ts';
import { createHttpTransport, type HttpTransportOptions } from '../transport/http.ts';
import type { SubgraphHost } from './subgraph-host.ts';

export interface RemoteSubgraphs {
  /** GraphQL addresses by name. Shape: `http://127.0.0.1:4001/graphql`. */
  readonly urls: Readonly<Record<string, string>>;
  readonly secret: string | null;
  /** Limits of each subgraph's guard, where they differ from the usual ones. */
  readonly guard?: HttpTransportOptions['guard'];
}

const waitMs = 10_000;
/** How long a reader of a document may stand still. */
const pauseMs = 60_000;

/** Subgraphs that run elsewhere: only their addresses are known. */
export function hostOverHttp({ urls, secret, guard = {} }: RemoteSubgraphs): SubgraphHost {
  const credential: Record<string, string> = secret === null ? {} : { 'x-subgraph-secret': secret };
  return {
    transport: createHttpTransport({ urls, secret, guard }),
    openScope: () => null,
    serveDocument: (name, request, response) => passOn(urls[name], credential, request, response),
    serveUpload: (name, request, response) => passOn(urls[name], credential, request, response),
    async check() {
      const parts = await Promise.all(
        Object.entries(urls).map(async ([name, url]) => [name, await isReady(url, credential)] as const),
      );
      return Object.fromEntries(parts);
    },
    close: async () => undefined,
  };
}

async function isReady(url: string, headers: Record<string, string>): Promise<boolean> {
  const address = new URL('/health/ready', url);
  return fetch(address, { headers, signal: AbortSignal.timeout(2_000), redirect: 'error' }).then(
    (answer) => answer.ok,
    () => false,
  );
}

/** Streams a request and its answer through. The path goes as it is: the subgraph signed it and verifies it. */
async function passOn(
  url: string | undefined,
  credential: Record<string, string>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  if (url === undefined) return false;
  const { host: _host, connection: _connection, expect: _expect, ...headers } = request.headers;
  const target = new URL(request.url ?? '/', url);
  const send = target.protocol === 'https:' ? sendSecureRequest : sendRequest;
  const passed = send(target, {
    method: request.method,
    headers: { ...headers, ...credential },
    timeout: waitMs,
  });
  response.on('close', () => passed.destroy());
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    passed.once('response', resolve).once('error', reject);
    passed.once('timeout', () => passed.destroy(new Error('timeout')));
  });
  // A client that goes away takes its request along; a subgraph that refuses early is heard, whatever is left.
  request.once('aborted', () => passed.destroy());
  request.pipe(passed);
  const answer = await answered;
  request.unpipe(passed).resume();
  // From here on a pause may be the reader's own: it holds one block, and no session of any database.
  passed.setTimeout(pauseMs);
  response.writeHead(answer.statusCode ?? 502, answer.headers);
  await pipeline(answer, passBytes, response).catch(() => response.destroy());
  return true;
}
