import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import type { ListenerConfig } from '../../../core/pagopa-config.ts';
import { createSecretCheck } from '../../../core/secret-check.ts';

/** Whether a call is the node's: whatever is configured must hold, certificate and secret. */
export function createCallerCheck({ secrets, tls }: ListenerConfig): (request: IncomingMessage) => boolean {
  const hasSecret = createSecretCheck(secrets);
  const clientCa = tls?.clientCa ?? null;
  // Without either nobody could be told from anybody.
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
