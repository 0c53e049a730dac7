import { Readable } from 'node:stream';
import type { OpenDocument } from '../../shared/documents/document-source.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import { openChunk } from './stored-chunk.ts';
import { StoredFileChunkEntity, type StoredFileEntity } from './stored-file.entity.ts';

export const chunkBytes = 64 * 1024;

/** A stored file as a document, sent chunk by chunk. All chunks but the last are full. */
export function storedDocument(
  { database, fileKeys }: Pick<RequestContext, 'database' | 'fileKeys'>,
  file: StoredFileEntity,
): OpenDocument {
  const { fileName, mediaType, sizeBytes, sha256 } = file;
  const chunks = database.getRepository(StoredFileChunkEntity);
  const read = async function* (start: number, end: number) {
    for (let sequence = Math.floor(start / chunkBytes); sequence * chunkBytes <= end; sequence++) {
      const chunk = await chunks.findOneByOrFail({ fileId: file.id, sequence });
      const offset = sequence * chunkBytes;
      yield openChunk(fileKeys, chunk).subarray(Math.max(start - offset, 0), end - offset + 1);
    }
  };
  return {
    fileName,
    mediaType,
    sizeBytes,
    sha256,
    read: async ({ start, end }) => Readable.from(read(start, end), { objectMode: false }),
  };
}
