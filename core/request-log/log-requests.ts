import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import { factsOf, statusOf } from '../http/request-facts.ts';
import { requestIdOf } from '../http/request-id.ts';
import type { Caller } from '../identity/caller.ts';
import type { Log } from '../log.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';

/** Paths that the log names: the rest of a path may be a grant, or anything. */
const named = /^\/(graphql|documents|uploads)(?=[/?]|$)/;

export function logRequests(log: Log, telemetry: Telemetry): RequestHandler {
  return (request, response, next) => {
    const [path = 'other'] = named.exec(request.originalUrl) ?? [];
    const client = () => clientOf((response.locals.identity as Identified | undefined)?.caller);
    logRequest({ log, telemetry }, request, response, { path, client });
    next();
  };
}

/**
 * One line for a request, when its answer was sent or its client has gone: `request`, a warning from 500 on.
 *
 * Shape: `{"event":"request","requestId":…,"method":"POST","path":"/graphql","operation":"Family","status":200,
 * "code":"LEGACY_UNAVAILABLE","ms":12,"client":"citizen"}`; a machine is named by its client id.
 */
export function logRequest(
  { log, telemetry }: { readonly log: Log; readonly telemetry?: Telemetry },
  request: IncomingMessage,
  response: ServerResponse,
  { path, client }: { readonly path: string; readonly client: () => string | undefined },
): void {
  const startedAt = performance.now();
  response.once('close', () => {
    const { operation, code } = factsOf(response);
    const status = statusOf(response);
    if (code !== undefined) telemetry?.refused(code);
    log[status >= 500 ? 'warn' : 'info']('request', {
      requestId: requestIdOf(request),
      method: request.method,
      path,
      operation,
      status,
      code,
      ms: Math.round(performance.now() - startedAt),
      client: client(),
    });
  });
}

interface Identified {
  readonly caller: Caller;
}

/** Undefined when nobody has asked yet who it is. */
function clientOf(caller: Caller | undefined): string | undefined {
  return caller?.kind === 'machine' ? caller.clientId : caller?.kind;
}
