import type { RequestHandler } from 'express';
import { requestIdOf } from '../../core/http/request-id.ts';
import { sendError } from '../../core/http/send-error.ts';

/**
 * Refuses at once what comes while `most` requests are being answered, so that those stay within their time.
 *
 * A request counts until its answer was sent or its client has gone.
 */
export function limitInFlight(most: number, answering: { count: number } = { count: 0 }): RequestHandler {
  return (request, response, next) => {
    if (answering.count >= most) {
      const message = 'The service has more to do than it can at the moment. Try again in a moment.';
      const error = { code: 'OVERLOADED', message, requestId: requestIdOf(request) };
      return sendError(response, 503, error, { 'retry-after': '1' });
    }
    answering.count++;
    response.once('close', () => answering.count--);
    next();
  };
}
