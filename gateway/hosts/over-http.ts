import { request as sendRequest } from 'node:http';
import { request as sendSecureRequest } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { createHttpTransport } from '../transport/http.ts';
import type { SubgraphHost } from './subgraph-host.ts';

export interface RemoteSubgraphs {
  /** GraphQL addresses by name. Shape: `http://127.0.0.1:4001/graphql`. */
  readonly urls: Readonly<Record<string, string>>;
  readonly secret: string | null;
}

const waitMs = 10_000;
/** How long a reader of a document may stand still. */
const pauseMs = 60_000;

/** Subgraphs that run elsewhere: only their addresses are known. */
export function hostOverHttp({ urls, secret }: RemoteSubgraphs): SubgraphHost {
  const credential: Record<string, string> = secret === null ? {} : { 'x-subgraph-secret': secret };
  return {
    transport: createHttpTransport({ urls, secret }),
    openScope: () => null,
    async serveDocument(name, request, response) {
      const url = urls[name];
      if (url === undefined) return false;
      const { host: _host, connection: _connection, ...headers } = request.headers;
      const target = new URL(request.url ?? '/', url);
      const send = target.protocol === 'https:' ? sendSecureRequest : sendRequest;
      // The path goes through as it is; the subgraph signed it and verifies it.
      const passed = send(target, {
        method: request.method,
        headers: { ...headers, ...credential },
        timeout: waitMs,
      });
      response.on('close', () => passed.destroy());
      const answer = await new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
        passed.once('response', resolve).once('error', reject);
        passed.once('timeout', () => passed.destroy(new Error('timeout')));
        passed.end();
      });
      // From here on a pause may be the reader's own: it holds one block, and no session of any database.
      passed.setTimeout(pauseMs);
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      await pipeline(answer, response).catch(() => response.destroy());
      return true;
    },
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
