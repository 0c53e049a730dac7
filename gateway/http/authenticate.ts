import type { RequestHandler } from 'express';
import { AppError } from '../../core/errors.ts';
import { languageOf } from '../../core/http/language.ts';
import { requestIdOf } from '../../core/http/request-id.ts';
import { sendError } from '../../core/http/send-error.ts';
import { challengeHeader } from '../../core/identity/challenge.ts';
import type { TokenVerifier } from '../../core/identity/token-verifier.ts';
import type { RequestIdentity } from '../hosts/subgraph-host.ts';
import { addressKey } from '../rate-limits/address-key.ts';
import type { RateLimit } from '../rate-limits/rate-limit.ts';
import { refuseTooMany } from './limit-rates.ts';

/**
 * Authenticates the caller before any part of the request is read.
 *
 * Without a token the caller is anonymous. A bad token is a 401 for the whole request, public fields included: a
 * client that believes itself signed in must learn that it is not. An address that sends many bad tokens gets a
 * 429; good tokens always pass.
 */
export function authenticate(verifier: TokenVerifier | null, failures: RateLimit): RequestHandler {
  return async (request, response, next) => {
    const requestId = requestIdOf(request);
    response.setHeader('x-request-id', requestId);
    const language = languageOf(request.headers['accept-language']);
    try {
      const caller =
        verifier === null
          ? ({ kind: 'anonymous' } as const)
          : await verifier.verify(request.headers.authorization);
      response.locals.identity = { caller, requestId, language } satisfies RequestIdentity;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const { code, message } = error;
      if (code !== 'UNAUTHENTICATED')
        return sendError(response, 503, { code, message, requestId }, { 'retry-after': '5' });
      const seconds = await failures.take(addressKey(request.ip));
      if (seconds !== null) return refuseTooMany(response, seconds, requestId);
      return sendError(
        response,
        401,
        { code, message, requestId, facts: publicFacts(error) },
        {
          'www-authenticate': challengeHeader(error),
        },
      );
    }
    next();
  };
}

/** RFC 9470 requires the level in the response; the client needs no other detail of the refusal. */
function publicFacts(error: AppError): Record<string, unknown> {
  const { reason, acrValues } = error.facts ?? {};
  return acrValues === undefined ? {} : { error: reason, acr_values: acrValues };
}
