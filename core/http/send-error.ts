import type { ServerResponse } from 'node:http';
import { noteFacts } from './request-facts.ts';

/** Answers a request that never reached GraphQL in GraphQL's shape: one error, no data. */
export function sendError(
  response: ServerResponse,
  status: number,
  error: {
    readonly code: string;
    readonly message: string;
    readonly requestId: string;
    readonly facts?: Readonly<Record<string, unknown>>;
  },
  headers: Readonly<Record<string, string>> = {},
): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { code, message, requestId, facts } = error;
  noteFacts(response, { code });
  const body = JSON.stringify({ errors: [{ message, extensions: { code, requestId, ...facts } }] });
  response.writeHead(status, {
    ...headers,
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  });
  response.end(body);
}
