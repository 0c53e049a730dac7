import type { Readable } from 'node:stream';

/** A file of the legacy store, as listed; its bytes are not read yet. */
export interface FileRef {
  readonly fileId: number;
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
    fileId: number,
    range?: { readonly start: number; readonly end: number },
  ): Promise<{ readonly file: FileRef; readonly bytes: Readable } | null>;
}
