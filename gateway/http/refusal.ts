import type { GraphQLError, GraphQLFormattedError } from 'graphql';

/** Codes for a fault of the operation itself, not of the request that carries it. */
const operationFaults: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_USER_INPUT',
]);

/** Whether the document or its variables caused a response without data (GraphQL over HTTP §6.4). */
export function isOperationFault(errors: readonly GraphQLFormattedError[]): boolean {
  return errors.length > 0 && errors.every(({ extensions }) => operationFaults.has(extensions?.code));
}

/** A GraphQL request that is refused before any of it runs. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly errors: readonly GraphQLFormattedError[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    errors: readonly GraphQLFormattedError[],
    headers: Readonly<Record<string, string>> = {},
  ) {
    super('A request is refused.');
    this.status = status;
    this.errors = errors;
    this.headers = headers;
  }
}

export function refusal(
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Refusal {
  return new Refusal(status, [{ message, extensions: { code } }], headers);
}

/** The validation errors of a document. */
export function documentRefusal(errors: readonly GraphQLError[]): Refusal {
  const withCodes = errors.map((error) => {
    const formatted = error.toJSON();
    const code = formatted.extensions?.code ?? 'GRAPHQL_PARSE_FAILED';
    return { ...formatted, extensions: { ...formatted.extensions, code } };
  });
  return new Refusal(400, withCodes);
}
