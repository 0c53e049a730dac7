import type { Readable } from 'node:stream';
import { AppError } from '../../../core/errors.ts';
import type { FileRef } from '../../../legacy/ports/files.port.ts';
import type { RequestContext } from '../request-context.ts';
import type { Document } from './document.type.ts';

/** A document that may be sent, whose bytes were not read yet. */
export interface OpenDocument {
  readonly fileName: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  /** Of its bytes; null when nobody keeps it. */
  readonly sha256: string | null;
  /** The legacy system's key of the child that it is about; none where it is about no child, or nobody knows. */
  readonly childKey?: string | null;
  /** The bytes from `start` to `end`, both included. */
  read(range: { readonly start: number; readonly end: number }): Promise<Readable>;
}

/**
 * Finds the document that a grant names, for the caller of the scope.
 *
 * Asks again whether the caller may see it: null when there is none or the right was lost meanwhile.
 */
export type DocumentSource = (
  context: RequestContext,
  parts: readonly (string | number)[],
) => Promise<OpenDocument | null>;

/** The address of a document, without touching its bytes. */
export function documentFor(
  context: RequestContext,
  subgraph: string,
  kind: string,
  parts: readonly (string | number)[],
  file: Pick<FileRef, 'fileName' | 'mediaType' | 'sizeBytes' | 'sha256'>,
): Document {
  const { fileName, mediaType, sizeBytes, sha256 } = file;
  const address = context.documents.sign(subgraph, { kind, parts, caller: context.caller }, fileName);
  return { fileName, mediaType, sizeBytes, sha256, ...address };
}

/** A file of the legacy store as a document to send, a block at a time. */
export function legacyDocument({ legacy }: RequestContext, file: FileRef): OpenDocument | null {
  if (file.sizeBytes === null) return null;
  return {
    fileName: file.fileName,
    mediaType: file.mediaType,
    sizeBytes: file.sizeBytes,
    sha256: file.sha256,
    async read(range) {
      const opened = await legacy.files.open(file.key, range);
      if (opened === null) {
        throw new AppError(
          'LEGACY_CONTRACT_BROKEN',
          "The town hall's system lists a file that it does not have.",
        );
      }
      return opened.bytes;
    },
  };
}
