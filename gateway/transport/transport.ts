import type { Log } from '../../core/log.ts';

/** Sends operations to subgraphs: to schemas of this process, or over HTTP. */
export interface SubgraphTransport {
  /** Called once for each plan: compiles the operation, or finds the address. */
  prepare(subgraph: string, operation: SubgraphOperation): PreparedOperation;
}

export interface SubgraphOperation {
  readonly text: string;
  readonly kind: 'query' | 'mutation';
}

/**
 * Errors: AppError SUBGRAPH_UNAVAILABLE or TIMEOUT without a response; a subgraph's response, errors included, is
 * the result.
 */
export type PreparedOperation = (
  variables: Readonly<Record<string, unknown>>,
  request: GatewayRequest,
) => Promise<SubgraphAnswer> | SubgraphAnswer;

export interface SubgraphAnswer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly SubgraphError[];
}

/** As in a GraphQL response; none of it is trusted. */
export interface SubgraphError {
  readonly message: string;
  readonly path?: readonly (string | number)[] | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

/** One client request while its plan runs. */
export interface GatewayRequest {
  /** The context of resolvers in this process. */
  readonly context: unknown;
  /** Headers for subgraphs that run elsewhere. */
  readonly headers: Readonly<Record<string, string>>;
  readonly requestId: string;
  /** Aborts when the request's time is up. */
  readonly signal: AbortSignal;
  readonly log: Log;
}
