import { MIMEType } from 'node:util';
import express, { type Request, type RequestHandler } from 'express';
import { requestIdOf } from '../../core/http/request-id.ts';
import { sendError } from '../../core/http/send-error.ts';
import { maxBodyBytes } from '../limits/limits.ts';
import { addressKey } from '../rate-limits/address-key.ts';
import type { Places } from './places.ts';
import { cutRequest } from './slow-bodies.ts';
import { refuseForNow } from './take-place.ts';

export interface ReadBodyOptions {
  /** Places for bodies that are arriving, separate from those for requests in progress. */
  readonly places: Places;
  /** Time limit for a body to arrive. */
  readonly withinMs?: number;
}

/**
 * Reads the body of a GraphQL request as bytes: POST with JSON in UTF-8, compressed or not; or GET without a body.
 *
 * A page of another origin can send forms, text/plain and multipart without a preflight, so they are refused, and
 * a GET needs a header that such a page cannot send.
 */
export function readBody({ places, withinMs = 10_000 }: ReadBodyOptions): readonly RequestHandler[] {
  return [
    (request, response, next) => {
      const found = problemOf(request);
      if (found === null) return next();
      const { status, message, headers = {} } = found;
      sendError(response, status, { code: 'BAD_REQUEST', message, requestId: requestIdOf(request) }, headers);
    },
    (request, response, next) => {
      if (request.method === 'GET') return next();
      const leave = places.take(addressKey(request.ip));
      // The rest of the body is not read.
      if (leave === null) return refuseForNow(request, response, { connection: 'close' });
      const cut = setTimeout(() => cutRequest(request, response), withinMs);
      const end = () => {
        clearTimeout(cut);
        leave();
      };
      request.once('end', end).once('close', end);
      response.once('close', end);
      next();
    },
    express.raw({ limit: maxBodyBytes, type: () => true }),
  ];
}

interface Problem {
  readonly status: number;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

function problemOf(request: Request): Problem | null {
  const twice = singular.find((name) => (request.headersDistinct[name]?.length ?? 0) > 1);
  if (twice !== undefined) return { status: 400, message: `The header ${twice} is given more than once.` };
  if (request.method === 'GET') return getProblem(request);
  if (request.method === 'POST') return postProblem(request);
  const message = 'Send operations by POST, or queries by GET.';
  return { status: 405, message, headers: { allow: 'GET, POST' } };
}

/** A proxy may have read the other one of two such headers. */
const singular = ['authorization', 'content-encoding', 'content-type', 'host', 'x-request-id'] as const;

/** Headers that a page of another origin can send only after a preflight (CORS). */
const preflighted = ['apollo-require-preflight', 'x-apollo-operation-name'] as const;

function getProblem(request: Request): Problem | null {
  const type = mediaTypeOf(request);
  if (type !== null && type.essence !== 'application/json')
    return { status: 415, message: 'A GET has no body: leave the header content-type out.' };
  if (type !== null || preflighted.some((name) => (request.headers[name]?.length ?? 0) > 0)) return null;
  const message = `A GET needs the header ${preflighted[0]}, with any value: no form of another site can send it.`;
  return { status: 400, message };
}

function postProblem(request: Request): Problem | null {
  const type = mediaTypeOf(request);
  if (type?.essence !== 'application/json')
    return { status: 415, message: 'Send the operation with the header content-type: application/json.' };
  if (!['utf-8', 'utf8'].includes(type.params.get('charset')?.toLowerCase() ?? 'utf-8'))
    return { status: 415, message: 'The body has a character set that is not supported: send UTF-8.' };
  if (!encodings.includes(request.headers['content-encoding']?.toLowerCase() ?? 'identity'))
    return {
      status: 415,
      message: `The body is packed in a way that is not supported: ${encodings.join(', ')} are.`,
    };
  return null;
}

const encodings = ['identity', 'gzip', 'deflate', 'br'];

/** Null without the header; a value that cannot be parsed is not accepted. */
function mediaTypeOf({ headers: { 'content-type': type } }: Request): MIMEType | null {
  try {
    return type === undefined ? null : new MIMEType(type);
  } catch {
    return new MIMEType('application/octet-stream');
  }
}
