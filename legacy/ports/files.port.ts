import type { Readable } from 'node:stream';

/** A file of the legacy store, as listed: nothing was read. */
export interface FileRef {
  readonly fileId: number;
  readonly fileName: string;
  readonly mediaType: string;
  readonly sizeBytes: number | null;
  readonly sha256: string | null;
}

export interface FilesPort {
  /**
   * Streams bytes `start` to `end` (both included; the whole file by default), a block at a time.
   *
   * Errors: LEGACY_UNAVAILABLE; null when there is no such file.
   */
  open(
    fileId: number,
    range?: { readonly start: number; readonly end: number },
  ): Promise<{ readonly file: FileRef; readonly bytes: Readable } | null>;
}
