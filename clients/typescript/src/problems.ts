/** A refusal that can be foreseen: a member of a mutation's result. */
export interface Problem {
  readonly __typename: string;
  readonly code: string;
  /** For the person who asked, in the language of the client. */
  readonly message: string;
}

/** The refusals of a result. */
export type ProblemOf<Result> = Extract<Result, { readonly code: string; readonly message: string }>;
/** What a result is without them. */
export type SuccessOf<Result> = Exclude<Result, { readonly code: string; readonly message: string }>;

/**
 * Whether a result is a refusal. Ask it first: a refusal that is new in the API is one too, if the operation selects
 * `... on Problem { code message }`.
 */
export function isProblem<Result extends object>(result: Result): result is ProblemOf<Result> {
  const { code, message } = result as { readonly code?: unknown; readonly message?: unknown };
  return typeof code === 'string' && typeof message === 'string';
}
