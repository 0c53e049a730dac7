import type { RequestHandler } from 'express';

/** What every answer says to browsers. Pages that need scripts state their own policy. */
export function securityHeaders(): RequestHandler {
  return (_request, response, next) => {
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('referrer-policy', 'no-referrer');
    response.setHeader('x-frame-options', 'DENY');
    next();
  };
}
