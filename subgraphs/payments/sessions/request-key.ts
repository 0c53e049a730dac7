import { randomBytes } from 'node:crypto';
import { fingerprintOf } from '../../shared/fingerprint.ts';
import type { RequestContext } from '../../shared/request-context.ts';

/** What tells a repeated request from a new one. Both are hashes, in hexadecimal: content may hold names. */
export interface RequestKey {
  readonly key: string;
  readonly content: string;
}

export type Operation = 'START_PAYMENT' | 'PAY_NOTICE' | 'SPONTANEOUS_PAYMENT';

/**
 * A key belongs to caller and operation. That of who did not sign in belongs to the request's content too: nobody is
 * handed what another began.
 */
export function toRequestKey(
  { caller }: Pick<RequestContext, 'caller'>,
  operation: Operation,
  idempotencyKey: string,
  asked: Readonly<Record<string, unknown>>,
): RequestKey {
  const content = fingerprintOf(asked);
  const owner = 'id' in caller ? caller.id : content;
  return { key: fingerprintOf(operation, caller.kind, owner, idempotencyKey), content };
}

/** 192 bits that nobody can guess, as a part of an address. */
export function createCapability(): string {
  return randomBytes(24).toString('base64url');
}
