/** Something in a plan that the executor does not know: the operation is refused before any of it is done. */
export function unsupported(what: string, given: unknown): Error {
  return new Error(`The planner made ${what} that is not supported: ${JSON.stringify(given)}`);
}
