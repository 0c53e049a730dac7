import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FileRef } from '../../../legacy/ports/files.port.ts';
import type { OpenDocument } from './document-source.ts';

/** A PDF that is made when it is fetched: nothing more than its name is known before. */
export function fileToMake(
  fileName: string,
): Pick<FileRef, 'fileName' | 'mediaType' | 'sizeBytes' | 'sha256'> {
  return { fileName, mediaType: 'application/pdf', sizeBytes: null, sha256: null };
}

/** The same once it was made. */
export function madeDocument(fileName: string, bytes: Buffer): OpenDocument {
  return {
    fileName,
    mediaType: 'application/pdf',
    sizeBytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    read: async ({ start, end }) => Readable.from([bytes.subarray(start, end + 1)]),
  };
}
