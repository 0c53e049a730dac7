/** An unguessable key for one thing that a person wants to do. Keep it to repeat the same thing. */
export function createIdempotencyKey(): string {
  return crypto.randomUUID();
}

/** Variables in which the client fills in a missing `idempotencyKey`. */
export type Keyless<Variables> = Variables extends { input: infer Input extends { idempotencyKey: unknown } }
  ? Omit<Variables, 'input'> & {
      input: Omit<Input, 'idempotencyKey'> & { idempotencyKey?: Input['idempotencyKey'] };
    }
  : Variables;

/** Documents whose input takes a key. */
export interface Keyed {
  readonly takesKey?: boolean;
}

/** The same variables, with a key where the document takes one and none is given. */
export function withKey<Variables>(document: Keyed, variables: Variables): Variables {
  const { input } = variables as { input?: { idempotencyKey?: unknown } };
  if (document.takesKey !== true || input === undefined || input.idempotencyKey != null) return variables;
  return { ...variables, input: { ...input, idempotencyKey: createIdempotencyKey() } };
}
