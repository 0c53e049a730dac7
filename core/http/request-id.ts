import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/**
 * The id under which a request is logged from the gateway to the vendor.
 *
 * A proxy's `x-request-id` is kept if it is 8 to 64 letters, digits, `-`, `_` or `.`; other values could forge log
 * lines and are replaced.
 */
export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[\w.-]{8,64}$/.test(given) ? given : randomUUID();
}
