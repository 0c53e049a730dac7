import { type IncomingMessage, type ServerResponse, request as sendRequest } from 'node:http';
import { request as sendSecureRequest } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { type FileAddress, pathOfFile } from '../../core/http/file-address.ts';
import { passBytes } from '../../core/http/pass-bytes.ts';
import { requestIdOf } from '../../core/http/request-id.ts';
import { sendError } from '../../core/http/send-error.ts';
import { type Credential, createCredential } from '../transport/credential.ts';
import { createHttpTransport, type HttpTransportOptions } from '../transport/http.ts';
import type { SubgraphHost } from './subgraph-host.ts';

export interface RemoteSubgraphs {
  /** GraphQL addresses by name. Shape: `http://127.0.0.1:4001/graphql`. */
  readonly urls: Readonly<Record<string, string>>;
  readonly secret: string | null;
  /** Limits of each subgraph's guard that differ from the defaults. */
  readonly guard?: HttpTransportOptions['guard'];
}

const waitMs = 10_000;
/** How long a client that reads a document may stall. */
const pauseMs = 60_000;

/** Subgraphs that run elsewhere: the gateway knows only their addresses. */
export function hostOverHttp({ urls, secret, guard = {} }: RemoteSubgraphs): SubgraphHost {
  const credential = createCredential(secret, Object.values(urls));
  return {
    transport: createHttpTransport({ urls, secret, guard }),
    openContext: () => null,
    async serveFile(address, request, response) {
      const url = Object.hasOwn(urls, address.subgraph) ? urls[address.subgraph] : undefined;
      if (url === undefined) return false;
      await passOn(new URL(url), credential, address, request, response);
      return true;
    },
    async check() {
      const parts = await Promise.all(
        Object.entries(urls).map(
          async ([name, url]) => [name, await isReady(new URL('/health/ready', url), credential)] as const,
        ),
      );
      return Object.fromEntries(parts);
    },
    close: async () => undefined,
  };
}

async function isReady(address: URL, credential: Credential): Promise<boolean> {
  const headers = credential(address);
  return fetch(address, { headers, signal: AbortSignal.timeout(2_000), redirect: 'error' }).then(
    (answer) => answer.ok,
    () => false,
  );
}

/**
 * The headers that a subgraph needs to serve a file. No credential of the client is among them: the grant in the
 * address gives the right to it.
 */
const requestHeaders = {
  documents: ['accept-language', 'if-none-match', 'if-range', 'range'],
  uploads: ['accept-language', 'content-encoding', 'content-length', 'content-type'],
} as const;

const answerHeaders = [
  'accept-ranges',
  'allow',
  'cache-control',
  'content-disposition',
  'content-length',
  'content-range',
  'content-type',
  'etag',
  'retry-after',
  'x-content-type-options',
] as const;

/**
 * Streams a request for a file and its response through. Host and path are built from configuration and the parsed
 * address.
 */
async function passOn(
  subgraph: URL,
  credential: Credential,
  address: FileAddress,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const target = new URL(pathOfFile(address), subgraph.origin);
  const send = target.protocol === 'https:' ? sendSecureRequest : sendRequest;
  const requestId = requestIdOf(request);
  const passed = send(target, {
    method: request.method,
    headers: {
      ...picked(request.headers, requestHeaders[address.kind]),
      'x-request-id': requestId,
      ...credential(target),
    },
    timeout: waitMs,
  });
  response.on('close', () => passed.destroy());
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    passed.once('response', resolve).once('error', reject);
    passed.once('timeout', () => passed.destroy(new Error('timeout')));
  });
  // If the client goes away, its request is aborted; if a subgraph refuses early, its response is sent although
  // the body is not finished.
  request.once('aborted', () => passed.destroy());
  if (address.kind === 'uploads') request.pipe(passed);
  // A body sent with a GET would be read as the next request of that connection.
  else passed.end();
  const answer = await answered.catch(() => null);
  request.unpipe(passed).resume();
  if (answer === null) {
    const message = 'A part of the service does not answer at the moment. Try again later.';
    return sendError(
      response,
      503,
      { code: 'SUBGRAPH_UNAVAILABLE', message, requestId },
      { 'retry-after': '5' },
    );
  }
  // From here on a pause may be the client's: it holds one block and no database session.
  passed.setTimeout(pauseMs);
  response.writeHead(answer.statusCode ?? 502, picked(answer.headers, answerHeaders));
  await pipeline(answer, passBytes, response).catch(() => response.destroy());
}

function picked(headers: IncomingMessage['headers'], names: readonly string[]): Record<string, string> {
  const kept = names.flatMap((name) => {
    const value = headers[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  return Object.fromEntries(kept);
}
