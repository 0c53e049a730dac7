import { createCipheriv, createDecipheriv, type KeyObject, randomFillSync } from 'node:crypto';

const nonceBytes = 12;
const tagBytes = 16;
/** By how much encryption lengthens the bytes: a nonce and a tag. */
export const sealBytes = nonceBytes + tagBytes;

const nonces = Buffer.alloc(256 * nonceBytes);
let used = nonces.length;

/** An unused random nonce; the system is asked for 256 nonces at a time. */
function freshNonce(): Buffer {
  if (used === nonces.length) {
    randomFillSync(nonces);
    used = 0;
  }
  used += nonceBytes;
  return nonces.subarray(used - nonceBytes, used);
}

/**
 * Encrypts bytes, or a text as UTF-8, with AES-256-GCM and a random nonce of 96 bits. Shape: nonce, ciphertext, tag.
 *
 * `place` is authenticated too: what was encrypted for one place cannot be opened in another.
 */
export function seal(key: KeyObject, place: Buffer, content: Uint8Array | string): Buffer {
  const nonce = freshNonce();
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(place);
  const body = typeof content === 'string' ? cipher.update(content, 'utf8') : cipher.update(content);
  cipher.final();
  return Buffer.concat([nonce, body, cipher.getAuthTag()]);
}

/** Errors: any, when the bytes were changed, or belong to another key or place. */
export function unseal(key: KeyObject, place: Buffer, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  })
    .setAAD(place)
    .setAuthTag(sealed.subarray(-tagBytes));
  const body = decipher.update(sealed.subarray(nonceBytes, -tagBytes));
  decipher.final();
  return body;
}
