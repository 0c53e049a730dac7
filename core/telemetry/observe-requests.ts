import type { RequestHandler } from 'express';
import { statusOf } from '../http/request-facts.ts';
import type { Telemetry } from './telemetry.ts';

/** Records the duration and outcome of each request. */
export function observeRequests(telemetry: Telemetry): RequestHandler {
  if (!telemetry.isOn) return (_request, _response, next) => next();
  return (request, response, next) => {
    const { traceparent } = request.headers;
    telemetry.request(typeof traceparent === 'string' ? traceparent : undefined, (end) => {
      response.once('close', () => end(statusOf(response)));
      next();
    });
  };
}
