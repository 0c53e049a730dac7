import type { RequestHandler } from 'express';
import type { Telemetry } from './telemetry.ts';

/** Records the duration and outcome of each request. */
export function observeRequests(telemetry: Telemetry): RequestHandler {
  if (!telemetry.isOn) return (_request, _response, next) => next();
  return (request, response, next) => {
    const { traceparent } = request.headers;
    telemetry.request(typeof traceparent === 'string' ? traceparent : undefined, (end) => {
      // 499, as proxies use it: the client did not wait.
      response.once('close', () => end(response.writableFinished ? response.statusCode : 499));
      next();
    });
  };
}
