import express, { type RequestHandler } from 'express';
import { requestIdOf } from '../../core/http/request-id.ts';
import { sendError } from '../../core/http/send-error.ts';
import { checkJson } from '../limits/check-json.ts';
import { maxBodyBytes } from '../limits/limits.ts';

/**
 * Reads the body of a GraphQL request: POST with JSON, or GET without a body.
 *
 * Forms, text/plain and multipart are what a foreign page can send without asking first, so they are refused.
 */
export function onlyJson(): readonly RequestHandler[] {
  return [
    onlyGraphqlMethods,
    express.json({ limit: maxBodyBytes, verify: (_request, _response, body) => checkJson(body) }),
  ];
}

const onlyGraphqlMethods: RequestHandler = (request, response, next) => {
  if (request.method === 'GET') return next();
  const refuse = (status: number, message: string, headers = {}) =>
    sendError(response, status, { code: 'BAD_REQUEST', message, requestId: requestIdOf(request) }, headers);
  if (request.method !== 'POST')
    return refuse(405, 'Send operations by POST, or queries by GET.', { allow: 'GET, POST' });
  if (!request.is('application/json')) return refuse(415, 'Send the operation as application/json.');
  next();
};
