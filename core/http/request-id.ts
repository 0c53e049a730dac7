import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const ids = new WeakMap<IncomingMessage, string>();

/**
 * The id under which a request is logged and audited, from the gateway to the vendor: one for each request.
 *
 * A proxy's or client's `x-request-id` is found in the log as the beginning of it, if it is 8 to 64 letters, digits,
 * `-`, `_` or `.`; other values could forge log lines. Two requests that bring the same one are still two.
 * Shape: `3f2a…` (a UUID), or `<given>.<12 hexadecimal digits>`.
 */
export function requestIdOf(request: IncomingMessage): string {
  const known = ids.get(request);
  if (known !== undefined) return known;
  const given = request.headers['x-request-id'];
  const isKept = typeof given === 'string' && /^[\w.-]{8,64}$/.test(given);
  const id = isKept ? `${given}.${randomUUID().slice(-12)}` : randomUUID();
  ids.set(request, id);
  return id;
}

/** Takes the id that the gateway gave: only for requests that have shown its credential. */
export function takeRequestId(request: IncomingMessage): void {
  const given = request.headers['x-request-id'];
  if (typeof given === 'string' && /^[\w.-]{8,80}$/.test(given)) ids.set(request, given);
}
