import type { FileKeys } from '../../../core/file-keys.ts';
import type { StoredFileChunkEntity } from './stored-file.entity.ts';

type ChunkKey = Pick<StoredFileChunkEntity, 'fileId' | 'sequence'>;

/** A chunk as it is stored; without keys, for files that anybody may read, it is not encrypted. */
export function sealChunk(keys: FileKeys | null, key: ChunkKey, bytes: Buffer): StoredFileChunkEntity {
  if (keys === null) return { ...key, keyId: null, sealed: null, bytes };
  return { ...key, ...keys.seal(placeOf(key), bytes), bytes: null };
}

export function openChunk(keys: FileKeys, chunk: StoredFileChunkEntity): Buffer {
  const { keyId, sealed, bytes } = chunk;
  if (keyId === null || sealed === null) return bytes ?? Buffer.alloc(0);
  return keys.open(placeOf(chunk), { keyId, sealed });
}

function placeOf({ fileId, sequence }: ChunkKey): string {
  return `stored_file_chunk ${fileId} ${sequence}`;
}
