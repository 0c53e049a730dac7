import type { Request, RequestHandler, Response } from 'express';
import type { Lifecycle } from '../../core/http/health.ts';
import { requestIdOf } from '../../core/http/request-id.ts';
import { sendError } from '../../core/http/send-error.ts';
import { addressKey } from '../rate-limits/address-key.ts';
import type { Places } from './places.ts';

/**
 * Refuses a request at once while all places are taken, so that requests in progress keep within their time, and
 * while the process is stopping: another one serves it.
 *
 * A place is held until the response was sent or the client has gone.
 */
export function takePlace(places: Places, lifecycle: Lifecycle): RequestHandler {
  return (request, response, next) => {
    if (lifecycle.isStopping) return refuseForNow(request, response, { connection: 'close' });
    // The next request of this connection is for another process.
    if (lifecycle.isLeaving) response.setHeader('connection', 'close');
    const leave = places.take(addressKey(request.ip));
    if (leave === null) return refuseForNow(request, response);
    response.once('close', leave);
    next();
  };
}

export function refuseForNow(
  request: Request,
  response: Response,
  headers: Readonly<Record<string, string>> = {},
): void {
  const message = 'The service has more to do than it can at the moment. Try again in a moment.';
  const error = { code: 'OVERLOADED', message, requestId: requestIdOf(request) };
  sendError(response, 503, error, { 'retry-after': '1', ...headers });
}
