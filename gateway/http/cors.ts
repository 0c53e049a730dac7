import cors from 'cors';
import type { RequestHandler } from 'express';
import { isListedOrigin } from '../../core/origins.ts';

/**
 * Lets pages of the listed origins call the API. Other origins get no header, which browsers treat as a refusal.
 *
 * Tokens travel in a header that scripts set, not in cookies, so no credentials are allowed.
 */
export function allowOrigins(origins: readonly string[]): RequestHandler {
  return cors({
    // An empty list instead of false: a preflight always gets a response, here one without permission.
    origin: (origin, done) =>
      done(null, origin !== undefined && isListedOrigin(origin, origins) ? [origin] : []),
    methods: ['GET', 'HEAD', 'POST', 'PUT'],
    credentials: false,
    exposedHeaders: ['ratelimit', 'ratelimit-policy', 'retry-after', 'www-authenticate', 'x-request-id'],
    maxAge: 600,
  });
}
