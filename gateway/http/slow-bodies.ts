import type { Request, RequestHandler, Response } from 'express';
import { requestIdOf } from '../../core/http/request-id.ts';
import { sendError } from '../../core/http/send-error.ts';

export interface SlowBodyOptions {
  /** Interval between two checks of a body's progress. */
  readonly everyMs?: number;
  /** Minimum bytes between two checks. */
  readonly minBytesPerSecond?: number;
}

/**
 * Cuts a request whose body arrives slower than any real connection: it would hold its connection without end.
 *
 * Headers have their own limit, the server's `headersTimeout`. Only time in which the client could send counts: a
 * body does not progress while we do not read it.
 */
export function cutSlowBodies({
  everyMs = 5_000,
  minBytesPerSecond = 1_024,
}: SlowBodyOptions = {}): RequestHandler {
  const least = (minBytesPerSecond * everyMs) / 1_000;
  return (request, response, next) => {
    if (request.headers['content-length'] === undefined && request.headers['transfer-encoding'] === undefined)
      return next();
    let before = request.socket.bytesRead;
    const look = setInterval(() => {
      if (request.complete) return clearInterval(look);
      const now = request.socket.bytesRead;
      const isSlow = now - before < least && !request.isPaused();
      before = now;
      if (!isSlow) return;
      clearInterval(look);
      cutRequest(request, response);
    }, everyMs);
    look.unref();
    request.once('end', () => clearInterval(look)).once('close', () => clearInterval(look));
    next();
  };
}

/** Ends a request whose body is no longer awaited, and its connection. */
export function cutRequest(request: Request, response: Response): void {
  const message = 'The body of the request came too slowly.';
  const error = { code: 'BAD_REQUEST', message, requestId: requestIdOf(request) };
  response.once('finish', () => request.destroy());
  sendError(response, 408, error, { connection: 'close' });
}
