import {
  type CombinedError,
  createRequest,
  fetchExchange,
  makeOperation,
  type TypedDocumentNode,
  Client as Urql,
} from '@urql/core';
import { ApiError, type FieldError, lost, toFieldError } from './api-error.ts';
import { type Keyless, withKey } from './idempotency.ts';
import type { Operation } from './operation.ts';
import { pause, pauseOf, retryAfterMs, retryingFetch, wholeAnswers } from './retrying-fetch.ts';

/**
 * Gets an access token; null makes the request anonymous. `refused` is the token that was just answered 401: with another
 * token the request is sent once more.
 */
export type TokenSource = (refused?: string) => string | null | Promise<string | null>;

export interface ClientOptions {
  /** Shape: `https://servizi.comune.example.it/graphql`. */
  readonly url: string;
  /** An access token, or what gets one; asked before each request. Without one, requests are anonymous. */
  readonly token?: string | TokenSource | undefined;
  /** The language of messages. */
  readonly language?: 'it' | 'en' | undefined;
  /** Further tries of a request without a whole answer, or answered 429, 502, 503 or 504. 3 by default. */
  readonly retries?: number | undefined;
  /** A `Retry-After` beyond it is an error. 30 s by default. */
  readonly longestWaitMs?: number | undefined;
  /** One try of a request takes at most this long; files have no limit. 60 s by default. */
  readonly timeoutMs?: number | undefined;
  readonly fetch?: typeof fetch | undefined;
}

/** Data of an operation that ran; fields that were lost are null, and named in `errors`. */
export interface Result<Data> {
  readonly data: Data;
  readonly errors: readonly FieldError[];
}

/** Shape of every list of the API. */
export interface Page<Node> {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
  readonly edges: readonly { readonly node: Node }[];
}

export interface Client {
  /** Data of a query, whole. Errors: ApiError, also if a field was lost: see `request`. */
  query<Data, Variables>(document: Operation<Data, Variables>, variables: Variables): Promise<Data>;
  /**
   * Data of a mutation. A missing `idempotencyKey` is made, and kept over all tries; SUBGRAPH_UNAVAILABLE is tried again
   * too. Errors: ApiError, also if no field of the mutation has a result.
   */
  mutate<Data, Variables>(document: Operation<Data, Variables>, variables: Keyless<Variables>): Promise<Data>;
  /** Data of an operation, with the fields that were lost. Errors: ApiError if there is no data. */
  request<Data, Variables>(document: Operation<Data, Variables>, variables: Variables): Promise<Result<Data>>;
  /** All rows of a list, page by page. `after` is a variable of the document. Errors: ApiError, also if a field of a page was lost. */
  rows<Data, Variables, Node>(
    document: Operation<Data, Variables>,
    variables: Variables,
    pageOf: (data: Data) => Page<Node> | null | undefined,
  ): AsyncGenerator<Node, void, undefined>;
  /** For files: without the token, with the same tries. */
  readonly fetch: typeof fetch;
}

export function createClient(options: ClientOptions): Client {
  const { url, token, language = 'it', retries = 3, longestWaitMs = 30_000, timeoutMs = 60_000 } = options;
  const { fetch: plainFetch = (target, init) => fetch(target, init) } = options;
  const inLanguage: typeof fetch = (target, init) => {
    const headers = new Headers(init?.headers);
    headers.set('accept-language', language);
    return plainFetch(target, { ...init, headers });
  };
  const send = retryingFetch({ fetch: inLanguage, retries, longestWaitMs });
  const sendInTime = retryingFetch({ fetch: wholeAnswers(inLanguage), retries, longestWaitMs, timeoutMs });
  const urql = new Urql({ url, exchanges: [fetchExchange], preferGetMethod: false });
  const context = {
    url,
    fetch: withToken(sendInTime, token),
    preferGetMethod: false,
    requestPolicy: 'network-only' as const,
  };

  const request: Client['request'] = async (document, variables) => {
    const asked = createRequest(document as TypedDocumentNode<never>, variables as Record<string, unknown>);
    // Not by `urql.query`, which refuses documents without a text.
    const operation = makeOperation(kindOf(document), asked, context);
    const { data, error } = await urql.executeRequestOperation(operation).toPromise();
    if (data != null) return { data, errors: error?.graphQLErrors.map(toFieldError) ?? [] };
    throw toApiError(error);
  };
  const query: Client['query'] = async (document, variables) => {
    const { data, errors } = await request(document, variables);
    if (errors.length > 0) throw lost(errors);
    return data;
  };
  return {
    request,
    query,
    async mutate<Data, Variables>(document: Operation<Data, Variables>, variables: Keyless<Variables>) {
      const keyed = withKey(document, variables) as Variables;
      for (let attempt = 0; ; attempt++) {
        const { data, errors } = await request(document, keyed);
        if (errors.length === 0 || Object.values(data ?? {}).some((value) => value != null)) return data;
        // Of a part of the service that died meanwhile: whatever it did, the repetition finds it.
        const isPassing = errors.every(({ code }) => code === 'SUBGRAPH_UNAVAILABLE');
        if (!isPassing || attempt >= retries) throw lost(errors);
        await pause(pauseOf(attempt));
      }
    },
    async *rows(document, variables, pageOf) {
      for (let after: string | null | undefined; ; ) {
        const given = after == null ? variables : { ...variables, after };
        const page = pageOf(await query(document, given));
        if (page == null) return;
        for (const { node } of page.edges) yield node;
        if (!page.pageInfo.hasNextPage) return;
        after = page.pageInfo.endCursor;
      }
    },
    fetch: send,
  };
}

function withToken(send: typeof fetch, token: ClientOptions['token']): typeof fetch {
  const source: TokenSource = typeof token === 'function' ? token : () => token ?? null;
  const sendWith = (bearer: string | null, target: Parameters<typeof fetch>[0], init?: RequestInit) => {
    const headers = new Headers(init?.headers);
    if (bearer !== null) headers.set('authorization', `Bearer ${bearer}`);
    return send(target, { ...init, headers });
  };
  return async (target, init) => {
    const bearer = await source();
    const response = await sendWith(bearer, target, init);
    if (response.status !== 401 || bearer === null) return response;
    const other = await source(bearer);
    if (other === null || other === bearer) return response;
    await response.body?.cancel();
    return sendWith(other, target, init);
  };
}

/** Of texts and parsed documents; a registered one goes out as a query, which makes no difference to the server. */
function kindOf(document: unknown): 'query' | 'mutation' {
  const isMutation =
    typeof document === 'string' || document instanceof String
      ? /^\s*mutation\b/.test(String(document))
      : (document as { definitions?: readonly { operation?: string }[] }).definitions?.some(
          ({ operation }) => operation === 'mutation',
        );
  return isMutation === true ? 'mutation' : 'query';
}

function toApiError(error: CombinedError | undefined): ApiError {
  const errors = error?.graphQLErrors.map(toFieldError) ?? [];
  const response = error?.response as Response | undefined;
  const status = response?.status ?? null;
  const waitMs = response === undefined ? null : retryAfterMs(response);
  const [first] = errors;
  const cause = error?.networkError;
  const message = first?.message ?? cause?.message ?? 'The API gave no answer.';
  return new ApiError(message, {
    code: first?.code ?? 'NETWORK',
    status,
    errors,
    retryAfterMs: waitMs,
    cause,
  });
}
