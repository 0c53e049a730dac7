import type { Log } from '../../core/log.ts';

/** Carries operations to subgraphs: to schemas of this process, or over HTTP. */
export interface SubgraphTransport {
  /** Once a plan: compiles, or finds the address. */
  prepare(subgraph: string, operation: SubgraphOperation): PreparedOperation;
}

export interface SubgraphOperation {
  readonly text: string;
  readonly kind: 'query' | 'mutation';
}

/** Errors: AppError SUBGRAPH_UNAVAILABLE or TIMEOUT when there is no answer; what a subgraph answers, errors included, is the result. */
export type PreparedOperation = (
  variables: Readonly<Record<string, unknown>>,
  request: GatewayRequest,
) => Promise<SubgraphAnswer> | SubgraphAnswer;

export interface SubgraphAnswer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly SubgraphError[];
}

/** As in a GraphQL answer; nothing of it is trusted. */
export interface SubgraphError {
  readonly message: string;
  readonly path?: readonly (string | number)[] | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

/** One request of a client, on its way through the plan. */
export interface GatewayRequest {
  /** What resolvers of this process get as context. */
  readonly context: unknown;
  /** What subgraphs elsewhere get as headers. */
  readonly headers: Readonly<Record<string, string>>;
  readonly requestId: string;
  /** Fires when the request's time is up. */
  readonly signal: AbortSignal;
  readonly log: Log;
}
