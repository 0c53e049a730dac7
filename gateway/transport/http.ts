import { type Dispatcher, request as send } from 'undici';
import { AppError } from '../../core/errors.ts';
import { readCapped } from '../../core/http/read-capped.ts';
import { remainingMs } from '../../core/resilience/budget.ts';
import { CallFailed, createGuard, type Guard, type GuardOptions } from '../../core/resilience/guard.ts';
import { createCredential } from './credential.ts';
import type { SubgraphAnswer, SubgraphError, SubgraphTransport } from './transport.ts';

export interface HttpTransportOptions {
  /** The address of each subgraph, by its name in the supergraph. */
  readonly urls: Readonly<Record<string, string>>;
  /** The gateway's credential, sent only to these addresses. */
  readonly secret: string | null;
  readonly maxAnswerBytes?: number;
  /** Limits of each subgraph's guard that differ from the defaults. */
  readonly guard?: Partial<Omit<GuardOptions, 'name' | 'isFailure'>>;
}

/**
 * Sends operations to subgraphs that run elsewhere, each behind a guard of its own. A query is repeated once if
 * the connection breaks or the response is not GraphQL; a mutation never is. Errors: SUBGRAPH_UNAVAILABLE,
 * TIMEOUT.
 */
export function createHttpTransport(options: HttpTransportOptions): SubgraphTransport {
  const { urls, secret, maxAnswerBytes = 16 * 1024 * 1024 } = options;
  const credential = createCredential(secret, Object.values(urls));
  const guards = new Map<string, Guard>();
  const guardOf = (subgraph: string) => {
    const guard = guards.get(subgraph) ?? createGuard({ ...usual, ...options.guard, ...named(subgraph) });
    guards.set(subgraph, guard);
    return guard;
  };
  return {
    prepare(subgraph, { text, kind }) {
      const given = Object.hasOwn(urls, subgraph) ? urls[subgraph] : undefined;
      if (given === undefined) throw new Error(`The subgraph ${subgraph} has no address.`);
      const url = new URL(given);
      const head = `{"query":${JSON.stringify(text)},"variables":`;
      const guard = guardOf(subgraph);
      const again = kind === 'query' ? 1 : 0;
      return async (variables, request) => {
        const body = `${head}${JSON.stringify(variables)}}`;
        try {
          return await guard.run(
            async (signal) => {
              const headers = headersOf(request.headers, credential(url));
              // Redirects are not followed: they would carry token and credential to an address that is not
              // configured.
              const response = await send(url, { method: 'POST', headers, body, signal });
              return await answerOf(response, maxAnswerBytes);
            },
            { again },
          );
        } catch (error) {
          throw toTransportError(error, subgraph);
        }
      };
    },
  };
}

// Shorter than a request's budget, so that the rest of the plan still has time if one subgraph hangs.
const usual = { timeoutMs: 4_000, maxAtOnce: 256, maxWaiting: 4_096 } as const;

/** An error that the HTTP call throws is the subgraph's: a GraphQL response throws nothing. */
function named(subgraph: string) {
  return { name: `subgraph ${subgraph}`, isFailure: () => true };
}

function headersOf(
  given: Readonly<Record<string, string>>,
  credential: Readonly<Record<string, string>>,
): Record<string, string> {
  const left = remainingMs();
  return {
    ...given,
    'content-type': 'application/json',
    accept: 'application/json',
    ...credential,
    ...(left === Number.POSITIVE_INFINITY ? {} : { [budgetHeader]: String(Math.max(1, Math.floor(left))) }),
  };
}

/** Sends the subgraph the time limit of its response. Unit: milliseconds. */
const budgetHeader = 'x-request-budget-ms';

// undici's own call: for each call `fetch` creates three web streams and two header lists, a quarter of a
// gateway's work.
async function answerOf(
  { statusCode, body }: Dispatcher.ResponseData,
  maxBytes: number,
): Promise<SubgraphAnswer> {
  const bytes = await readCapped(body, maxBytes);
  if (bytes === null) throw new Error('The answer is too large.');
  return toAnswer(JSON.parse(bytes.toString('utf8')), statusCode);
}

/** Accepts a GraphQL response only: neither a proxy's page nor a failure that looks like one. */
function toAnswer(body: unknown, status: number): SubgraphAnswer {
  if (!isRecord(body)) throw new Error(`Status ${status} with no GraphQL answer.`);
  const { data, errors } = body;
  const hasErrors = Array.isArray(errors) && errors.length > 0;
  if (!isRecord(data) && (data === undefined || data === null ? !hasErrors : true)) {
    throw new Error(`Status ${status} with neither data nor errors.`);
  }
  if (status >= 500 && !isRecord(data)) throw new Error(`Status ${status}.`);
  return {
    data: isRecord(data) ? data : null,
    ...(hasErrors ? { errors: errors.filter(isRecord).map(toError) } : {}),
  };
}

function toError({ message, path, extensions }: Readonly<Record<string, unknown>>): SubgraphError {
  const isKey = (key: unknown) => typeof key === 'string' || typeof key === 'number';
  return {
    message: String(message),
    path: Array.isArray(path) && path.every(isKey) ? path : undefined,
    extensions: isRecord(extensions) ? extensions : undefined,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function toTransportError(cause: unknown, subgraph: string): AppError {
  const facts = { subgraph };
  return cause instanceof CallFailed && cause.reason === 'timeout'
    ? new AppError('TIMEOUT', 'A part of the answer took too long. Try again later.', { cause, facts })
    : new AppError(
        'SUBGRAPH_UNAVAILABLE',
        'A part of the service does not answer at the moment. Try again later.',
        { cause, facts },
      );
}
