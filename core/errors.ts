import { GraphQLError, type GraphQLErrorOptions } from 'graphql';
import { isDatabaseGone } from './resilience/database-problem.ts';
import { InvalidValue } from './values/index.ts';

/** Our error codes. Codes are permanent; docs/errors.md has a section for each. */
export const errorCodes = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'UNKNOWN_DOCUMENT',
  'BAD_USER_INPUT',
  'CONFLICT',
  'TOO_MANY_REQUESTS',
  'OVERLOADED',
  'TIMEOUT',
  'SUBGRAPH_UNAVAILABLE',
  'LEGACY_UNAVAILABLE',
  'LEGACY_REJECTED',
  'LEGACY_CONTRACT_BROKEN',
  'PAGOPA_UNAVAILABLE',
  'INTERNAL_SERVER_ERROR',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/**
 * A failure whose code and sentence may reach a client. A vendor's text belongs into `cause`, which never does.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly facts: Readonly<Record<string, unknown>> | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { readonly cause?: unknown; readonly facts?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.facts = options.facts;
  }
}

/** Whether a code of an answer is one of these, so that its message may be passed on. */
export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && knownCodes.has(code);
}

/**
 * The public form of an error: a code and sentence from our table, and `INTERNAL_SERVER_ERROR` with
 * no detail for anything else.
 */
export function toPublicError(error: unknown, options: GraphQLErrorOptions = {}): GraphQLError {
  const origin = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  const { code, message } = publicFaceOf(origin);
  return new GraphQLError(message, { ...options, extensions: { code } });
}

const knownCodes: ReadonlySet<string> = new Set(errorCodes);

function publicFaceOf(error: unknown): { readonly code: ErrorCode; readonly message: string } {
  if (error instanceof AppError) return error;
  if (error instanceof InvalidValue) return { code: 'BAD_USER_INPUT', message: error.message };
  if (error instanceof GraphQLError && isErrorCode(error.extensions.code)) {
    return { code: error.extensions.code, message: error.message };
  }
  if (isDatabaseGone(error)) {
    const message = 'A part of the service does not answer at the moment. Try again later.';
    return { code: 'SUBGRAPH_UNAVAILABLE', message };
  }
  return { code: 'INTERNAL_SERVER_ERROR', message: 'Internal error.' };
}
