import { createHash, randomUUID } from 'node:crypto';
import { type EntityManager } from 'typeorm';
import { chunkBytes } from './stored-file.document.ts';
import { StoredFileChunkEntity, StoredFileEntity } from './stored-file.entity.ts';

export interface NewFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
  /** A new one by default. */
  readonly id?: string;
}

/** Keeps a file in the transaction of `manager`; its id. */
export async function storeFile(
  manager: EntityManager,
  { fileName, mediaType, bytes, id = randomUUID() }: NewFile,
): Promise<string> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await manager.insert(StoredFileEntity, { id, fileName, mediaType, sizeBytes: bytes.length, sha256 });
  for (let sequence = 0; sequence * chunkBytes < bytes.length; sequence++) {
    const chunk = bytes.subarray(sequence * chunkBytes, (sequence + 1) * chunkBytes);
    await manager.insert(StoredFileChunkEntity, { fileId: id, sequence, bytes: chunk });
  }
  return id;
}

/** A whole file. Only for who sends one at a time. */
export async function fileBytes(manager: EntityManager, fileId: string): Promise<Buffer> {
  const chunks = await manager.find(StoredFileChunkEntity, { where: { fileId }, order: { sequence: 'ASC' } });
  return Buffer.concat(chunks.map(({ bytes }) => bytes));
}
