import type { Request, RequestHandler, Response } from 'express';
import { requestIdOf } from '../../core/http/request-id.ts';
import { sendError } from '../../core/http/send-error.ts';
import { addressKey } from '../rate-limits/address-key.ts';
import type { RateLimits } from '../rate-limits/create-rate-limits.ts';
import type { RateLimit } from '../rate-limits/rate-limit.ts';
import { identityOf } from './identity-of.ts';

/** Counts all requests of an address, before any part of the request is read. */
export function limitAddresses({ addresses }: RateLimits): RequestHandler {
  return (request, response, next) => pass(addresses, addressKey(request.ip), request, response, next);
}

/** Counts files by address: their URLs carry no token. */
export function limitFiles({ files }: RateLimits): RequestHandler {
  return (request, response, next) => pass(files, addressKey(request.ip), request, response, next);
}

/** Counts requests after authentication. */
export function limitCallers({ callers }: RateLimits): RequestHandler {
  return async (request, response, next) => {
    const key = limitedAs(request.ip, response);
    const seconds = await callers.take(key);
    const left = await callers.left(key);
    // Source: draft-ietf-httpapi-ratelimit-headers.
    if (left !== null) {
      response.setHeader('ratelimit-policy', `"caller";q=${left.perMinute};w=60`);
      response.setHeader('ratelimit', `"caller";r=${left.points};t=${left.seconds}`);
    }
    if (seconds === null) return next();
    refuseTooMany(response, seconds, requestIdOf(request));
  };
}

/** The key under which requests are counted: the caller's, or the address of an anonymous caller. */
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

/** Refuses with 429 a key that has used up its limit of the minute. */
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
