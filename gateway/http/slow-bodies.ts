import type { Request, RequestHandler, Response } from 'express';
import { requestIdOf } from '../../core/http/request-id.ts';
import { sendError } from '../../core/http/send-error.ts';

export interface SlowBodyOptions {
  /** How often a body's progress is looked at. */
  readonly everyMs?: number;
  /** What must have come since the last look. */
  readonly minBytesPerSecond?: number;
}

/**
 * Cuts a request whose body comes slower than anybody's line is: it would hold a connection for as long as it likes.
 *
 * Headers have their own limit, the server's `headersTimeout`. Only what the client could send counts: while we do
 * not read, a body stands still through no fault of its own.
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

/** Ends a request whose body is not awaited any longer, and its connection. */
export function cutRequest(request: Request, response: Response): void {
  const message = 'The body of the request came too slowly.';
  const error = { code: 'BAD_REQUEST', message, requestId: requestIdOf(request) };
  response.once('finish', () => request.destroy());
  sendError(response, 408, error, { connection: 'close' });
}
