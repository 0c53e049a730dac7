import { type ErrorCode, isErrorCode } from '../../core/errors.ts';
import type { GatewayRequest, SubgraphError } from '../transport/transport.ts';

export type Data = Record<string, unknown>;
export type ResponsePath = readonly (string | number)[];

/** Why an object's fields have no value: the fetch for them failed. */
export interface Loss {
  readonly code: ErrorCode;
  readonly message: string;
}

export interface FoundError extends Loss {
  readonly path: ResponsePath;
}

/** The state of one operation while its compiled plan runs. */
export interface Execution {
  /** Variable values by their private names. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly request: GatewayRequest;
  /** The subgraphs' results so far, merged, in the shape of the response and in private names; so are paths. */
  readonly data: Data;
  readonly errors: FoundError[];
  /** Created at the first failure: the lost fields by the object they belong to, `*` for any other. */
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

/** The public part of a subgraph's error: sentence and code if the code is in our table, else nothing. */
export function publicLoss({ message, extensions }: Pick<SubgraphError, 'message' | 'extensions'>): Loss {
  const code = extensions?.code;
  return isErrorCode(code) && code !== 'INTERNAL_SERVER_ERROR' ? { code, message } : internalLoss;
}

export const internalLoss: Loss = { code: 'INTERNAL_SERVER_ERROR', message: 'Internal error.' };
