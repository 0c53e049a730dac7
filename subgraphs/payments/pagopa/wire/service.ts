import { createGuard, type GuardWatch } from '../../../../core/resilience/guard.ts';
import { type ApiAnswer, callApi } from './call-api.ts';

/** One of pagoPA's services, behind a guard of its own. */
export interface Service {
  readonly name: string;
  /** Errors: any failure to send the request or to get a response. */
  call(method: 'GET' | 'POST', path: string, body?: unknown, signal?: AbortSignal): Promise<ApiAnswer>;
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
  return {
    name,
    async call(method, path, body, signal) {
      try {
        return await guard.run(async (limit) => {
          const until = signal === undefined ? limit : AbortSignal.any([limit, signal]);
          const answer = await callApi({ method, url: `${url}${path}`, key, body, signal: until });
          if (answer.status >= 500) throw new Failing(answer);
          return answer;
        });
      } catch (error) {
        if (error instanceof Failing) return error.answer;
        throw error;
      }
    },
  };
}

/** A response that shows a fault of the service, for the guard to count. */
class Failing extends Error {
  constructor(readonly answer: ApiAnswer) {
    super(`HTTP status ${answer.status}`);
  }
}
