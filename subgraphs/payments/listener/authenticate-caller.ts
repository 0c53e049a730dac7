import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import type { ListenerConfig } from '../../../core/pagopa-config.ts';
import { createSecretCheck } from '../../../core/secret-check.ts';

/** Whether the caller is pagoPA's node: certificate and secret must match, as far as configured. */
export function createCallerCheck({ secrets, tls }: ListenerConfig): (request: IncomingMessage) => boolean {
  const hasSecret = createSecretCheck(secrets);
  const clientCa = tls?.clientCa ?? null;
  // The listener opens only if callers can be authenticated.
  if (secrets.length === 0 && clientCa === null) return () => false;
  return (request) =>
    (secrets.length === 0 || hasSecret(request.headers['x-node-secret'])) &&
    (clientCa === null || hasCertificate(request, tls?.clientName ?? null));
}

function hasCertificate({ socket }: IncomingMessage, name: string | null): boolean {
  const { authorized, getPeerCertificate } = socket as TLSSocket;
  if (!authorized) return false;
  if (name === null) return true;
  const { subject, subjectaltname = '' } = getPeerCertificate.call(socket);
  return subject?.CN === name || subjectaltname.split(', ').includes(`DNS:${name}`);
}
