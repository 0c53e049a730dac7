import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import type { NodeConfig } from '../../../core/pagopa-config.ts';

/** Whether a call is the node's: whatever is configured must hold, certificate and secret. */
export function createNodeCheck({ secrets, tls }: NodeConfig): (request: IncomingMessage) => boolean {
  const wanted = secrets.map(hashOf);
  const clientCa = tls?.clientCa ?? null;
  // Without either nobody could be told from anybody.
  if (wanted.length === 0 && clientCa === null) return () => false;
  return (request) =>
    (wanted.length === 0 || hasSecret(request, wanted)) &&
    (clientCa === null || hasCertificate(request, tls?.clientName ?? null));
}

/** Compared by hash and all of them, so that neither length nor content shows in the time it takes. */
function hasSecret(request: IncomingMessage, wanted: readonly Buffer[]): boolean {
  const given = request.headers['x-node-secret'];
  const hash = hashOf(typeof given === 'string' ? given : '');
  return wanted.map((secret) => timingSafeEqual(hash, secret)).includes(true);
}

function hasCertificate({ socket }: IncomingMessage, name: string | null): boolean {
  const { authorized, getPeerCertificate } = socket as TLSSocket;
  if (!authorized) return false;
  if (name === null) return true;
  const { subject, subjectaltname = '' } = getPeerCertificate.call(socket);
  return subject?.CN === name || subjectaltname.split(', ').includes(`DNS:${name}`);
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
