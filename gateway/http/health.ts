import type { RequestHandler } from 'express';
import type { Health } from '../../core/http/health.ts';

/** `/live`, `/serving` and `/ready` of the public server. */
export function answerHealth(health: Health): RequestHandler {
  return async (request, response, next) => {
    const found = request.method === 'GET' || request.method === 'HEAD' ? await health(request.path) : null;
    if (found === null) return next();
    response.status(found.status).json(found.body);
  };
}
