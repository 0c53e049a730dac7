import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import type { EnvironmentReader } from './environment.ts';
import { seal, unseal } from './sealed-bytes.ts';

/** One key of `FILE_KEYS`: its id stands with each row, its 32 bytes are outside the database. */
export interface FileKey {
  readonly id: string;
  readonly secret: Buffer;
}

/** Encrypted bytes, and the key that opens them. */
export interface SealedBytes {
  readonly keyId: string;
  readonly sealed: Buffer;
}

/** Encrypts what is stored. `place` names the row, so that encrypted bytes cannot be read in another row's place. */
export interface FileKeys {
  /** The first encrypts. */
  readonly ids: readonly [string, ...string[]];
  seal(place: string, bytes: Uint8Array): SealedBytes;
  /** Errors: Error with a sentence, if the key is missing or the bytes were changed or moved to another row. */
  open(place: string, sealed: SealedBytes): Buffer;
}

export type FileKeyList = readonly [FileKey, ...FileKey[]];

export function createFileKeys(list: FileKeyList): FileKeys {
  const keys = new Map(list.map(({ id, secret }) => [id, derive(secret)]));
  const [{ id: first }] = list;
  return {
    ids: list.map(({ id }) => id) as [string, ...string[]],
    seal: (place, bytes) => ({
      keyId: first,
      sealed: seal(keys.get(first) as KeyObject, Buffer.from(place), bytes),
    }),
    open(place, { keyId, sealed }) {
      const key = keys.get(keyId);
      if (key === undefined)
        throw new Error(`The key ${keyId} is not in FILE_KEYS: ${place} cannot be read.`);
      try {
        return unseal(key, Buffer.from(place), sealed);
      } catch (cause) {
        throw new Error(`The stored bytes of ${place} were changed, or belong to another row or key.`, {
          cause,
        });
      }
    },
  };
}

function derive(secret: Buffer): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', 'stored files', 32)));
}

const shape = 'FILE_KEYS has keys such as 2026-11:<32 bytes in base64>, with commas.';

/** Reads `FILE_KEYS` and reports all its problems to `read`; the result is valid only if there are none. */
export function readFileKeys(read: EnvironmentReader): FileKeyList {
  const keys = read.list('FILE_KEYS').map((text) => parseFileKey(text, read));
  const [first = { id: '', secret: Buffer.alloc(32) }, ...others] = keys;
  const ids = new Set(keys.map(({ id }) => id));
  const secrets = new Set(keys.map(({ secret }) => secret.toString('hex')));
  if (ids.size < keys.length || secrets.size < keys.length)
    read.problem('FILE_KEYS has an id or a key twice: each key has an id of its own.');
  return [first, ...others];
}

function parseFileKey(text: string, read: EnvironmentReader): FileKey {
  const [, id = '', base64 = ''] = /^([\w.-]{1,32}):([\w+/=-]+)$/.exec(text) ?? [];
  const secret = Buffer.from(base64, 'base64');
  if (secret.length !== 32) read.problem(shape);
  return { id, secret };
}
