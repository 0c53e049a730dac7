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

/** A request without data: refused, or never answered. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    message: string,
    /** Shape: `UNAUTHENTICATED`; `NETWORK` if no answer came. */
    readonly code: string,
    /** HTTP status; null if no answer came. */
    readonly status: number | null,
    readonly errors: readonly FieldError[],
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  get requestId(): string | null {
    return this.errors[0]?.requestId ?? null;
  }
}
