import type { ErrorRequestHandler, RequestHandler } from 'express';
import { requestIdOf } from '../../core/http/request-id.ts';
import { sendError } from '../../core/http/send-error.ts';
import type { Log } from '../../core/log.ts';

/** The response to a path without a route. */
export function notFound(): RequestHandler {
  return (request, response) =>
    sendError(response, 404, {
      code: 'NOT_FOUND',
      message: 'There is nothing at this address. The API is at /graphql.',
      requestId: requestIdOf(request),
    });
}

/**
 * The response to an error that a route threw: body errors are the client's; all others are ours, and their
 * details stay in the log.
 */
export function onFailure(log: Log): ErrorRequestHandler {
  return (error, request, response, _next) => {
    const requestId = String(response.getHeader('x-request-id') ?? requestIdOf(request));
    const status = typeof error?.status === 'number' && error.status < 500 ? error.status : 500;
    if (status === 500) log.error('http.failed', { requestId, error });
    const { code, message } = bodyErrors[status] ?? {
      code: 'INTERNAL_SERVER_ERROR',
      message: 'Internal error.',
    };
    sendError(response, status, { code, message, requestId });
  };
}

const bodyErrors: Readonly<Record<number, { readonly code: string; readonly message: string }>> = {
  400: { code: 'BAD_REQUEST', message: 'The address or the body of the request is malformed.' },
  413: { code: 'BAD_REQUEST', message: 'The body is larger than the 256 kB that are accepted.' },
  415: { code: 'BAD_REQUEST', message: 'The body has an encoding that is not supported: send UTF-8 JSON.' },
};
