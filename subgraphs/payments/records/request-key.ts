import { randomBytes } from 'node:crypto';
import { idsOf } from '../../../core/identity/person-id.ts';
import { fingerprintOf } from '../../shared/fingerprint.ts';
import type { RequestContext } from '../../shared/request-context.ts';

/** The hashes that distinguish a repeated request from a new one, in hexadecimal: the content may hold names. */
export interface RequestKey {
  readonly key: string;
  /** The same key as it is written while another ID_SECRET is the first: by processes before or after its rotation. */
  readonly otherKeys: readonly string[];
  readonly content: string;
}

export type Operation = 'START_PAYMENT' | 'PAY_NOTICE' | 'SPONTANEOUS_PAYMENT';

/**
 * A key is bound to caller and operation. Anonymous callers: the key is also bound to the request content, so that
 * no caller gets a session that another one started.
 */
export function toRequestKey(
  { caller }: Pick<RequestContext, 'caller'>,
  operation: Operation,
  idempotencyKey: string,
  asked: Readonly<Record<string, unknown>>,
): RequestKey {
  const content = fingerprintOf(asked);
  const [owner = content, ...others] = idsOf(caller);
  const [key = '', ...otherKeys] = [owner, ...others].map((one) =>
    fingerprintOf(operation, caller.kind, one, idempotencyKey),
  );
  return { key, otherKeys, content };
}

/** A request's keys as the database holds them. */
export function requestKeyBytes({ key, otherKeys }: RequestKey): readonly Buffer[] {
  return [key, ...otherKeys].map((one) => Buffer.from(one, 'hex'));
}

/** 192 random bits, as a part of an address. */
export function createCapability(): string {
  return randomBytes(24).toString('base64url');
}
