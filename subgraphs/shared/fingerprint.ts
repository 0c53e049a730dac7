import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** One text for one content, independent of the order of keys. Source: RFC 8785. */
export function canonicalJson(content: unknown): string {
  // Inputs of GraphQL may contain `undefined`, which equals a missing member, and lone surrogates.
  const whole = (_key: string, value: unknown) => (typeof value === 'string' ? value.toWellFormed() : value);
  return canonicalize(JSON.parse(JSON.stringify(content), whole)) ?? 'null';
}

export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The hash that tells a repeated request from a different one. */
export function fingerprintOf(...content: readonly unknown[]): string {
  return sha256Of(canonicalJson(content));
}
