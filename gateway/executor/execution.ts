import { type ErrorCode, isErrorCode } from '../../core/errors.ts';
import type { GatewayRequest, SubgraphError } from '../transport/transport.ts';

export type Data = Record<string, unknown>;
export type ResponsePath = readonly (string | number)[];

/** Why fields of an object have no value: the fetch that was to bring them failed. */
export interface Loss {
  readonly code: ErrorCode;
  readonly message: string;
}

export interface FoundError extends Loss {
  readonly path: ResponsePath;
}

/** The state of one operation on its way through a compiled plan. */
export interface Execution {
  /** By their private names. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly request: GatewayRequest;
  /** What the subgraphs gave so far, merged, in the shape of the answer and in private names, as paths are. */
  readonly data: Data;
  readonly errors: FoundError[];
  /** Made only when something fails: the lost fields by the object they belong to, `*` for any other. */
  losses: Map<object, Map<string, Loss>> | undefined;
  /** Whether a subgraph did not know an entity that it was asked for. */
  hasAbsent: boolean;
}

export function recordLoss(
  execution: Execution,
  target: object,
  fields: readonly string[],
  loss: Loss,
): void {
  execution.losses ??= new Map();
  const lost = execution.losses.get(target) ?? new Map<string, Loss>();
  for (const field of fields) lost.set(field, loss);
  lost.set('*', loss);
  execution.losses.set(target, lost);
}

/** What may be told of a subgraph's error: sentence and code when the code is of ours, else nothing. */
export function publicLoss({ message, extensions }: Pick<SubgraphError, 'message' | 'extensions'>): Loss {
  const code = extensions?.code;
  return isErrorCode(code) && code !== 'INTERNAL_SERVER_ERROR' ? { code, message } : internalLoss;
}

export const internalLoss: Loss = { code: 'INTERNAL_SERVER_ERROR', message: 'Internal error.' };
