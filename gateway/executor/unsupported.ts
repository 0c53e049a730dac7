/**
 * Thrown for a part of a plan that the executor does not support: the operation is refused before any of it runs.
 */
export function unsupported(what: string, given: unknown): Error {
  return new Error(`The planner made ${what} that is not supported: ${JSON.stringify(given)}`);
}
