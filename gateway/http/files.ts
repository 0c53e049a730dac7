import type { Request, RequestHandler, Response } from 'express';
import { type FileAddress, parseFileAddress } from '../../core/http/file-address.ts';
import { requestIdOf } from '../../core/http/request-id.ts';
import { sendError } from '../../core/http/send-error.ts';
import type { SubgraphHost } from '../hosts/subgraph-host.ts';

const methods = { documents: ['GET', 'HEAD'], uploads: ['PUT'] } as const;
const messages = {
  documents: 'There is no such document.',
  uploads: 'Nothing can be sent to this address.',
} as const;

/** `/documents/<subgraph>/…` and `/uploads/<subgraph>/…`: streamed to the subgraph that signed the address. */
export function serveFiles(kind: FileAddress['kind'], host: SubgraphHost): RequestHandler {
  const allowed: readonly string[] = methods[kind];
  return async (request, response) => {
    // The request target as sent: Express removes the mount path.
    request.url = request.originalUrl;
    const address = parseFileAddress(kind, request.url);
    if (address === null) return refuse(request, response, 404, messages[kind]);
    if (!allowed.includes(request.method)) {
      response.setHeader('allow', allowed.join(', '));
      return refuse(request, response, 405, `This address takes ${allowed.join(' and ')} only.`);
    }
    const isServed = await host.serveFile(address, request, response);
    if (!isServed) refuse(request, response, 404, messages[kind]);
  };
}

function refuse(request: Request, response: Response, status: 404 | 405, message: string): void {
  const code = status === 404 ? 'NOT_FOUND' : 'METHOD_NOT_ALLOWED';
  // A body sent all the same is not read: it must not become the next request of this connection.
  if (!request.complete) response.setHeader('connection', 'close');
  sendError(response, status, { code, message, requestId: requestIdOf(request) });
}
