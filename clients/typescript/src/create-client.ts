import { type CombinedError, fetchExchange, type TypedDocumentNode, Client as Urql } from '@urql/core';
import { ApiError, type FieldError } from './api-error.ts';
import { type Keyless, withKey } from './idempotency.ts';
import type { Operation } from './operation.ts';
import { retryingFetch } from './retrying-fetch.ts';

export interface ClientOptions {
  /** Shape: `https://servizi.comune.example.it/graphql`. */
  readonly url: string;
  /** An access token, or what gets one; asked before each request. Without one, requests are anonymous. */
  readonly token?: string | (() => string | Promise<string | null> | null) | undefined;
  /** The language of messages. */
  readonly language?: 'it' | 'en' | undefined;
  /** Further tries of a request without an answer, or answered 429 or 503. 3 by default. */
  readonly retries?: number | undefined;
  /** A `Retry-After` beyond it is an error. 30 s by default. */
  readonly longestWaitMs?: number | undefined;
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
  /** Data of a query. Errors: ApiError if there is none; see `request` for fields that were lost. */
  query<Data, Variables>(document: Operation<Data, Variables>, variables: Variables): Promise<Data>;
  /** Data of a mutation. A missing `idempotencyKey` is made, and kept over all tries. Errors: ApiError. */
  mutate<Data, Variables>(document: Operation<Data, Variables>, variables: Keyless<Variables>): Promise<Data>;
  /** The same with the fields that were lost. Errors: ApiError if there is no data. */
  request<Data, Variables>(document: Operation<Data, Variables>, variables: Variables): Promise<Result<Data>>;
  /** All rows of a list, page by page. `after` is a variable of the document. */
  rows<Data, Variables, Node>(
    document: Operation<Data, Variables>,
    variables: Variables,
    pageOf: (data: Data) => Page<Node> | null | undefined,
  ): AsyncGenerator<Node, void, undefined>;
  /** For files: without the token, with the same tries. */
  readonly fetch: typeof fetch;
}

export function createClient(options: ClientOptions): Client {
  const { url, token, language = 'it', retries = 3, longestWaitMs = 30_000 } = options;
  const send = retryingFetch({ fetch: options.fetch ?? fetch, retries, longestWaitMs });
  const signedIn: typeof fetch = async (target, init) => {
    const headers = new Headers(init?.headers);
    headers.set('accept-language', language);
    const bearer = typeof token === 'function' ? await token() : token;
    if (bearer != null) headers.set('authorization', `Bearer ${bearer}`);
    return send(target, { ...init, headers });
  };
  const urql = new Urql({
    url,
    exchanges: [fetchExchange],
    fetch: signedIn,
    preferGetMethod: false,
    requestPolicy: 'network-only',
  });

  const request: Client['request'] = async (document, variables) => {
    const isMutation = kindOf(document) === 'mutation';
    const [typed, given] = [document as TypedDocumentNode<never>, variables as Record<string, unknown>];
    const run = isMutation ? urql.mutation(typed, given) : urql.query(typed, given);
    const { data, error } = await run.toPromise();
    if (data != null) return { data, errors: error?.graphQLErrors.map(toFieldError) ?? [] };
    throw toApiError(error);
  };
  const query: Client['query'] = async (document, variables) => (await request(document, variables)).data;
  return {
    request,
    query,
    mutate: (document, variables) => query(document, withKey(document, variables) as never),
    async *rows(document, variables, pageOf) {
      for (let after: string | null | undefined; ; ) {
        const page = pageOf(await query(document, after == null ? variables : { ...variables, after }));
        if (page == null) return;
        for (const { node } of page.edges) yield node;
        if (!page.pageInfo.hasNextPage) return;
        after = page.pageInfo.endCursor;
      }
    },
    fetch: send,
  };
}

/** Texts and parsed documents. */
function kindOf(document: unknown): string {
  if (typeof document === 'string' || document instanceof String)
    return /^\s*(\w+)/.exec(String(document))?.[1] ?? 'query';
  const { definitions = [] } = document as { definitions?: readonly { operation?: string }[] };
  return definitions.find(({ operation }) => operation !== undefined)?.operation ?? 'query';
}

function toFieldError(error: CombinedError['graphQLErrors'][number]): FieldError {
  const { code, requestId } = error.extensions;
  return {
    message: error.message,
    code: typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR',
    path: error.path ?? [],
    requestId: typeof requestId === 'string' ? requestId : null,
  };
}

function toApiError(error: CombinedError | undefined): ApiError {
  const errors = error?.graphQLErrors.map(toFieldError) ?? [];
  const status = (error?.response as Response | undefined)?.status ?? null;
  const [first] = errors;
  if (first !== undefined) return new ApiError(first.message, first.code, status, errors);
  const message = error?.networkError?.message ?? 'The API gave no answer.';
  return new ApiError(message, 'NETWORK', status, [], { cause: error?.networkError });
}
