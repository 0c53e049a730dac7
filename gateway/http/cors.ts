import cors from 'cors';
import type { RequestHandler } from 'express';

/**
 * Lets pages of the origins listed call the API. Others get no header, which their browsers take for no.
 *
 * Tokens travel in a header that scripts set themselves: no cookies, so no credentials.
 */
export function allowOrigins(origins: readonly string[]): RequestHandler {
  return cors({
    origin: [...origins],
    methods: ['GET', 'HEAD', 'POST', 'PUT'],
    credentials: false,
    exposedHeaders: ['retry-after', 'www-authenticate', 'x-request-id'],
    maxAge: 600,
  });
}
