import type { Readable } from 'node:stream';
import type { FileKey } from './keys.ts';

/** A file of the legacy store, as listed; its bytes are not read yet. */
export interface FileRef {
  readonly key: FileKey;
  readonly fileName: string;
  readonly mediaType: string;
  readonly sizeBytes: number | null;
  readonly sha256: string | null;
}

export interface FilesPort {
  /**
   * Streams bytes `start` to `end` (both included; by default the whole file), one block at a time.
   *
   * Errors: LEGACY_UNAVAILABLE; null if the file does not exist.
   */
  open(
    key: FileKey,
    range?: { readonly start: number; readonly end: number },
  ): Promise<{ readonly file: FileRef; readonly bytes: Readable } | null>;
}
