import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import type { Clock } from '../../core/clock.ts';
import type { Caller } from '../../core/identity/caller.ts';
import { seal, sealBytes, unseal } from '../../core/sealed-bytes.ts';
import { type Instant, toInstant } from '../../core/values/index.ts';

/** Permission for one person to fetch one document for a short time. */
export interface Grant {
  /** The kind: `InvoiceAttachment`. It selects the source within its subgraph. */
  readonly kind: string;
  readonly parts: readonly (string | number)[];
  /** The person who asked for the address. On use their right is checked again, and the audit event is in their name. */
  readonly caller: Caller;
}

export interface Grants {
  /** An absolute address `<public>/documents/<subgraph>/<grant>/<file name>`. */
  sign(subgraph: string, grant: Grant, fileName: string): { downloadUrl: string; expiresAt: Instant };
  /** The grant of an address; null when it is not ours, of another subgraph, or `expired`. */
  read(subgraph: string, text: string): Grant | 'expired' | null;
  /** An absolute address `<public>/uploads/<subgraph>/<grant>` that takes one file, for as long as is said. */
  signUpload(subgraph: string, grant: Grant, lifetimeMs: number): { uploadUrl: string; expiresAt: Instant };
  /** As `read`, for addresses of uploads: neither kind works as the other. */
  readUpload(subgraph: string, text: string): Grant | 'expired' | null;
}

export interface GrantOptions {
  /** The first signs; all are accepted, so that a key can be changed while addresses are in use. */
  readonly secrets: readonly [string, ...string[]];
  /** Where clients reach the gateway. Shape: `https://servizi.example.it`. */
  readonly publicUrl: string;
  readonly lifetimeMs: number;
  readonly clock: Clock;
}

/**
 * Addresses that carry an encrypted grant: nothing can be read from them or altered.
 *
 * AES-256-GCM with a random nonce of 96 bits; the subgraph's name is authenticated too, so that an address
 * works at the subgraph that made it and nowhere else.
 */
export function createGrants({ secrets, publicUrl, lifetimeMs, clock }: GrantOptions): Grants {
  // As key objects: bytes would be made into one for every address, which takes four times as long as sealing it.
  const keys = secrets.map((secret) =>
    createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', 'document grants', 32))),
  );
  const [signing] = keys as [KeyObject, ...KeyObject[]];
  const sealUntil = (purpose: string, grant: Grant, forMs: number) => {
    const expiresAt = new Date(clock.now().getTime() + forMs);
    const text = JSON.stringify({ ...grant, expires: expiresAt.getTime() });
    const sealed = seal(signing, bytesOf(purpose), text).toString('base64url');
    return { sealed, expiresAt: toInstant(expiresAt) };
  };
  const read = (purpose: string, text: string) => {
    for (const key of keys) {
      const opened = open(key, purpose, text);
      if (opened === null) continue;
      const { expires, ...grant } = JSON.parse(opened) as Grant & { expires: number };
      return expires > clock.now().getTime() ? grant : 'expired';
    }
    return null;
  };
  return {
    sign(subgraph, grant, fileName) {
      const { sealed, expiresAt } = sealUntil(subgraph, grant, lifetimeMs);
      const path = `/documents/${subgraph}/${sealed}/${encodeURIComponent(fileName)}`;
      return { downloadUrl: publicUrl + path, expiresAt };
    },
    read,
    signUpload(subgraph, grant, forMs) {
      const { sealed, expiresAt } = sealUntil(`${subgraph} uploads`, grant, forMs);
      return { uploadUrl: `${publicUrl}/uploads/${subgraph}/${sealed}`, expiresAt };
    },
    readUpload: (subgraph, text) => read(`${subgraph} uploads`, text),
  };
}

const purposes = new Map<string, Buffer>();

/** One a subgraph: made once, as a list has hundreds of addresses. */
function bytesOf(purpose: string): Buffer {
  const known = purposes.get(purpose) ?? Buffer.from(purpose);
  purposes.set(purpose, known);
  return known;
}

function open(key: KeyObject, purpose: string, sealed: string): string | null {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length <= sealBytes || bytes.toString('base64url') !== sealed) return null;
  try {
    return unseal(key, Buffer.from(purpose), bytes).toString('utf8');
  } catch {
    return null;
  }
}
