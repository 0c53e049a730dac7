import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** One text for one content, whatever the order of its keys. Source: RFC 8785. */
export function canonicalJson(content: unknown): string {
  // GraphQL's inputs may hold `undefined`, which is the same as not being there, and halves of surrogates.
  const whole = (_key: string, value: unknown) => (typeof value === 'string' ? value.toWellFormed() : value);
  return canonicalize(JSON.parse(JSON.stringify(content), whole)) ?? 'null';
}

export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The hash by which a repeated request is told from another. */
export function fingerprintOf(...content: readonly unknown[]): string {
  return sha256Of(canonicalJson(content));
}
