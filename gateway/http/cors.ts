import cors from 'cors';
import type { RequestHandler } from 'express';
import { isListedOrigin } from '../../core/origins.ts';

/**
 * Lets pages of the origins listed call the API. Others get no header, which their browsers take for no.
 *
 * Tokens travel in a header that scripts set themselves: no cookies, so no credentials.
 */
export function allowOrigins(origins: readonly string[]): RequestHandler {
  return cors({
    // An empty list, and not false: a preflight is answered in any case, without a permission.
    origin: (origin, done) =>
      done(null, origin !== undefined && isListedOrigin(origin, origins) ? [origin] : []),
    methods: ['GET', 'HEAD', 'POST', 'PUT'],
    credentials: false,
    exposedHeaders: ['retry-after', 'www-authenticate', 'x-request-id'],
    maxAge: 600,
  });
}
