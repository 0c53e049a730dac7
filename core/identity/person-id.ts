import { createHmac } from 'node:crypto';
import type { Caller } from './caller.ts';

/** The first makes ids; ids of the others are accepted for as long as they are listed. */
export type IdSecrets = readonly [string, ...string[]];

/**
 * An opaque id for a person or business, from which the code cannot be found.
 *
 * Shape: 22 characters of base64url (132 bits). It is the same for as long as `secret` is: decisions/0008.
 */
export function createPersonId(secret: string, code: string): string {
  return createHmac('sha256', secret).update(code).digest('base64url').slice(0, 22);
}

/** The id of a person or business, and those of former secrets, which clients and the audit trail may still hold. */
export function personIds([first, ...former]: IdSecrets, code: string) {
  const id = createPersonId(first, code);
  if (former.length === 0) return { id };
  return { id, formerIds: former.map((secret) => createPersonId(secret, code)) };
}

/** Every id by which a person may be known. */
export function allPersonIds(secrets: IdSecrets, code: string): readonly string[] {
  return secrets.map((secret) => createPersonId(secret, code));
}

/** Whether an id is the caller's, the present one or a former one. */
export function isIdOf(caller: Caller, id: string): boolean {
  return 'id' in caller && idsOf(caller).includes(id);
}

/** Every id under which the caller may be known; the present one first. */
export function idsOf(caller: Caller): readonly string[] {
  return 'id' in caller ? [caller.id, ...(caller.formerIds ?? [])] : [];
}
