import type { FileKeys } from '../../../core/file-keys.ts';

/** A row of `webhook_secret`: encrypted with a key, or as it was made before there were keys. */
export interface StoredSecret {
  readonly id: string;
  readonly keyId: string | null;
  /** In base64. */
  readonly sealed: string | null;
  readonly secret: string | null;
}

/** A row as JSON, as `StoredSecret` has it. */
export const storedSecretJson = `jsonb_build_object(
  'id', s.id::text, 'keyId', s.key_id, 'sealed', encode(s.sealed, 'base64'), 'secret', s.secret)`;

export function sealSecret(keys: FileKeys, id: string, secret: string) {
  return keys.seal(placeOf(id), Buffer.from(secret));
}

export function openSecret(keys: FileKeys, { id, keyId, sealed, secret }: StoredSecret): string {
  if (keyId === null || sealed === null) return secret ?? '';
  return keys.open(placeOf(id), { keyId, sealed: Buffer.from(sealed, 'base64') }).toString();
}

function placeOf(id: string): string {
  return `webhook_secret ${id}`;
}
