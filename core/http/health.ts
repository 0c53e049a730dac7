import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { cachedCheck } from '../resilience/cached-check.ts';
import { closeServer, listenAt } from './listen.ts';

/** Whether a process still takes requests. */
export interface Lifecycle {
  /** True after a signal to stop: proxies should send new requests elsewhere. */
  isLeaving: boolean;
  /** From when on new requests are refused. */
  isStopping: boolean;
}

export type PartsCheck = () => Promise<Readonly<Record<string, boolean>>>;

/** How long a result is kept: anybody may ask, and each check queries databases. */
export const keptMs = 1_000;

/**
 * Answers `/live`: the process answers; `/serving`: it takes requests and is not about to stop, which is what a proxy
 * asks; `/ready`: everything it needs answers too, and what does not is named. Checks are kept for a second.
 *
 * A counterpart that is down is no reason to send requests elsewhere: every process lacks it, and answers the rest.
 */
export function createHealth(check: PartsCheck, lifecycle: Lifecycle) {
  const parts = cachedCheck(keptMs, check);
  return async (path: string): Promise<{ readonly status: number; readonly body: object } | null> => {
    const isLeaving = lifecycle.isLeaving || lifecycle.isStopping;
    if (path === '/live') return { status: 200, body: { status: 'ok' } };
    if (path !== '/serving' && path !== '/ready') return null;
    if (isLeaving) return { status: 503, body: { status: 'stopping' } };
    if (path === '/serving') return { status: 200, body: { status: 'ok' } };
    const found = await parts();
    const isReady = Object.values(found).every(Boolean);
    return {
      status: isReady ? 200 : 503,
      body: { status: isReady ? 'ok' : 'unavailable', parts: found },
    };
  };
}

export type Health = ReturnType<typeof createHealth>;

/** `/health` of a program that has no public port. Errors: Error if the port is taken. */
export async function serveHealth(
  { port, host }: { readonly port: number; readonly host: string },
  health: Health,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server = createServer((request, response) => void answer(health, request, response));
  return {
    port: await listenAt(server, { port, host, portVariable: 'HEALTH_PORT' }),
    close: () => closeServer(server, 0),
  };
}

async function answer(health: Health, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, path = ''] = /^\/health(\/[a-z]+)$/.exec(request.url ?? '') ?? [];
  const found = request.method === 'GET' ? await health(path).catch(() => failed) : null;
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.writeHead(found?.status ?? 404).end(JSON.stringify(found?.body ?? {}));
}

const failed = { status: 503, body: { status: 'unavailable' } } as const;
