import type { RequestHandler } from 'express';
import { requestIdOf } from '../../core/http/request-id.ts';
import { sendError } from '../../core/http/send-error.ts';

/** How many requests are being answered, and whether more are. */
export interface Lifecycle {
  inFlight: number;
  isStopping: boolean;
}

/**
 * Refuses at once what comes while `most` requests are being answered, so that those stay within their time; and
 * what comes to a process that stops: another one answers it.
 *
 * A request counts until its answer was sent or its client has gone.
 */
export function limitInFlight(most: number, lifecycle: Lifecycle): RequestHandler {
  return (request, response, next) => {
    if (lifecycle.isStopping || lifecycle.inFlight >= most) {
      const message = 'The service has more to do than it can at the moment. Try again in a moment.';
      const error = { code: 'OVERLOADED', message, requestId: requestIdOf(request) };
      const more = lifecycle.isStopping ? { connection: 'close' } : {};
      return sendError(response, 503, error, { 'retry-after': '1', ...more });
    }
    lifecycle.inFlight++;
    response.once('close', () => lifecycle.inFlight--);
    next();
  };
}
