import { createHash, randomUUID } from 'node:crypto';
import { type EntityManager } from 'typeorm';
import type { FileKeys } from '../../../core/file-keys.ts';
import { openChunk, sealChunk } from './stored-chunk.ts';
import { chunkBytes } from './stored-file.document.ts';
import { StoredFileChunkEntity, StoredFileEntity } from './stored-file.entity.ts';

export interface NewFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
  /** Default: a new id. */
  readonly id?: string;
}

/** Stores a file in the transaction of `manager` and returns its id. Without keys, for files that anybody may read, it is not encrypted. */
export async function storeFile(
  manager: EntityManager,
  keys: FileKeys | null,
  { fileName, mediaType, bytes, id = randomUUID() }: NewFile,
): Promise<string> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await manager.insert(StoredFileEntity, { id, fileName, mediaType, sizeBytes: bytes.length, sha256 });
  for (let sequence = 0; sequence * chunkBytes < bytes.length; sequence++) {
    const chunk = bytes.subarray(sequence * chunkBytes, (sequence + 1) * chunkBytes);
    await manager.insert(StoredFileChunkEntity, sealChunk(keys, { fileId: id, sequence }, chunk));
  }
  return id;
}

/** A whole stored file in memory. Only for callers that send one at a time. */
export async function fileBytes(manager: EntityManager, keys: FileKeys, fileId: string): Promise<Buffer> {
  const chunks = await manager.find(StoredFileChunkEntity, { where: { fileId }, order: { sequence: 'ASC' } });
  return Buffer.concat(chunks.map((chunk) => openChunk(keys, chunk)));
}
