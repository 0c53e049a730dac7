import type { Request, RequestHandler, Response } from 'express';
import { requestIdOf } from '../../core/http/request-id.ts';
import { sendError } from '../../core/http/send-error.ts';
import { addressKey } from '../rate-limits/address-key.ts';
import type { RateLimits } from '../rate-limits/create-rate-limits.ts';
import type { RateLimit } from '../rate-limits/rate-limit.ts';
import { identityOf } from './identity-of.ts';

/** Before anything of a request is looked at: how many came from its address. */
export function limitAddresses({ addresses }: RateLimits): RequestHandler {
  return (request, response, next) => pass(addresses, addressKey(request.ip), request, response, next);
}

/** Files by address: their addresses carry no token. */
export function limitFiles({ files }: RateLimits): RequestHandler {
  return (request, response, next) => pass(files, addressKey(request.ip), request, response, next);
}

/** Once it is known who asks. */
export function limitCallers({ callers }: RateLimits): RequestHandler {
  return (request, response, next) => pass(callers, limitedAs(request.ip, response), request, response, next);
}

/** Whose requests are counted together: a caller's, or those of an address for who does not say who they are. */
export function limitedAs(ip: string | undefined, response: Response): string {
  const { caller } = identityOf(response);
  switch (caller.kind) {
    case 'anonymous':
      return addressKey(ip);
    case 'machine':
      return `machine ${caller.clientId}`;
    default:
      return caller.id;
  }
}

/** Refuses with 429 who has used up what a minute has. */
export function refuseTooMany(response: Response, seconds: number, requestId: string): void {
  const message = `Too many requests. Try again in ${seconds} seconds.`;
  const error = { code: 'TOO_MANY_REQUESTS', message, requestId };
  sendError(response, 429, error, { 'retry-after': String(seconds) });
}

async function pass(limit: RateLimit, key: string, request: Request, response: Response, next: () => void) {
  const seconds = await limit.take(key);
  if (seconds === null) return next();
  refuseTooMany(response, seconds, requestIdOf(request));
}
