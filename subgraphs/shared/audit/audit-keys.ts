import { createHash, createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

/** The keys of the hashes of a chain's links. */
export interface ChainKey {
  /** Names the key without telling it; null for chains of before there were keys. */
  readonly id: string | null;
  hash(previous: string, event: string): string;
}

/** A chain's key, which also makes the keyed hashes that replace texts in the trail. */
export interface AuditKey extends ChainKey {
  readonly id: string;
  /** Equal for equal texts, and computable only with the key. Shape: 22 characters of base64url. */
  mark(text: string): string;
}

export interface AuditKeys {
  /** Hashes new chains. */
  readonly current: AuditKey;
  byId(id: string): AuditKey | null;
}

/** The first secret hashes new chains; the others verify chains of before, for as long as those are kept. */
export function createAuditKeys(secrets: readonly [string, ...string[]]): AuditKeys {
  const [current, ...former] = secrets.map(toKey) as [AuditKey, ...AuditKey[]];
  return { current, byId: (id) => [current, ...former].find((key) => key.id === id) ?? null };
}

/** The hash of chains from before there were keys. Anyone who can write the table can forge such a chain. */
export const noKey: ChainKey = {
  id: null,
  hash: (previous, event) => createHash('sha256').update(linkText(previous, event)).digest('hex'),
};

function toKey(secret: string): AuditKey {
  const chains = derive(secret, 'audit chains');
  const marks = derive(secret, 'audit marks');
  return {
    id: createHmac('sha256', derive(secret, 'audit key id')).digest('hex').slice(0, 16),
    hash: (previous, event) => createHmac('sha256', chains).update(linkText(previous, event)).digest('hex'),
    mark: (text) => createHmac('sha256', marks).update(text).digest('base64url').slice(0, 22),
  };
}

function derive(secret: string, purpose: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', purpose, 32)));
}

const linkText = (previous: string, event: string) => `${previous}\n${event}`;
