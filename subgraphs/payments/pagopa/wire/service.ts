import { createGuard, type GuardWatch } from '../../../../core/resilience/guard.ts';
import { type ApiAnswer, type ApiCall, callApi } from './call-api.ts';

/** One of pagoPA's services, behind a guard of its own. */
export interface Service {
  readonly name: string;
  /** Errors: any failure to send the request or to get a response. */
  call(method: 'GET' | 'POST', path: string, body?: unknown, signal?: AbortSignal): Promise<ApiAnswer>;
  /** Like that, and sent once more if the connection breaks: only for what does no harm twice. */
  callAgain: Service['call'];
}

export interface ServiceOptions {
  readonly name: string;
  readonly url: string;
  readonly key: string;
  readonly timeoutMs: number;
  readonly watch: GuardWatch;
}

export function createService({ name, url, key, timeoutMs, watch }: ServiceOptions): Service {
  const guard = createGuard({
    name: `pagoPA ${name}`,
    timeoutMs,
    maxAtOnce: 64,
    maxWaiting: 256,
    isFailure: () => true,
    watch,
  });
  const call = async (send: typeof callApi, ...[method, path, body, signal]: Parameters<Service['call']>) => {
    try {
      return await guard.run(async (limit) => {
        const until = signal === undefined ? limit : AbortSignal.any([limit, signal]);
        const answer = await send({ method, url: `${url}${path}`, key, body, signal: until });
        if (answer.status >= 500) throw new Failing(answer);
        return answer;
      });
    } catch (error) {
      if (error instanceof Failing) return error.answer;
      throw error;
    }
  };
  return {
    name,
    call: (...asked) => call(callApi, ...asked),
    callAgain: (...asked) => call(callAgainIfBroken, ...asked),
  };
}

/** A service that restarts, or a load balancer, closes kept connections, one of them under a request now and then. */
async function callAgainIfBroken(asked: ApiCall): Promise<ApiAnswer> {
  try {
    return await callApi(asked);
  } catch (error) {
    const { code } = ((error as Error).cause ?? {}) as { readonly code?: unknown };
    if (code !== 'UND_ERR_SOCKET' && code !== 'ECONNRESET' && code !== 'EPIPE') throw error;
    return callApi(asked);
  }
}

/** A response that shows a fault of the service, for the guard to count. */
class Failing extends Error {
  constructor(readonly answer: ApiAnswer) {
    super(`HTTP status ${answer.status}`);
  }
}
