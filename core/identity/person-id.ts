import { createHmac } from 'node:crypto';

/**
 * An opaque id for a person or business, the same for ever, from which the code cannot be found.
 *
 * Shape: 22 characters of base64url (132 bits). `secret` must never change: ids would.
 */
export function createPersonId(secret: string, code: string): string {
  return createHmac('sha256', secret).update(code).digest('base64url').slice(0, 22);
}
