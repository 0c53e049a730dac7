/** One lost field, or the reason of a refused request. */
export interface FieldError {
  /** A sentence for people. */
  readonly message: string;
  /** Permanent. Shape: `LEGACY_UNAVAILABLE`. */
  readonly code: string;
  /** The field that is null because of it; empty for a whole request. */
  readonly path: readonly (string | number)[];
  /** Finds the request in the operator's log. */
  readonly requestId: string | null;
}

/** An error as it is in an answer's `errors`. */
export interface WireError {
  readonly message: string;
  readonly path?: readonly (string | number)[] | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

export function toFieldError({ message, path = [], extensions = {} }: WireError): FieldError {
  const { code, requestId } = extensions;
  return {
    message,
    code: typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR',
    path,
    requestId: typeof requestId === 'string' ? requestId : null,
  };
}

const passing = new Set([
  'LEGACY_UNAVAILABLE',
  'OVERLOADED',
  'PAGOPA_UNAVAILABLE',
  'SUBGRAPH_UNAVAILABLE',
  'TIMEOUT',
  'TOO_MANY_REQUESTS',
]);

export interface ApiErrorFacts {
  /** Shape: `UNAUTHENTICATED`; `NETWORK` if no answer came. */
  readonly code: string;
  /** HTTP status; null if no answer came. */
  readonly status: number | null;
  readonly errors: readonly FieldError[];
  /** The answer's `Retry-After`; null without one. Unit: ms. */
  readonly retryAfterMs?: number | null;
  readonly cause?: unknown;
}

/** A request without data, or without a part of it: refused, failed, or never answered. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: string;
  readonly status: number | null;
  readonly errors: readonly FieldError[];
  readonly retryAfterMs: number | null;

  constructor(message: string, { code, status, errors, retryAfterMs = null, cause }: ApiErrorFacts) {
    super(message, { cause });
    this.code = code;
    this.status = status;
    this.errors = errors;
    this.retryAfterMs = retryAfterMs;
  }

  /** Whether the same request may be answered later: no answer came, or one that says so. */
  get isPassing(): boolean {
    return this.status === null || this.status === 429 || this.status >= 500 || passing.has(this.code);
  }

  get requestId(): string | null {
    return this.errors[0]?.requestId ?? null;
  }
}

/** An answer that lost a field. */
export function lost(errors: readonly FieldError[]): ApiError {
  const { message, code } = errors[0] ?? { message: 'The API gave no data.', code: 'INTERNAL_SERVER_ERROR' };
  return new ApiError(message, { code, status: 200, errors });
}
