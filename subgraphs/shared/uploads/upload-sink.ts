import type { RequestContext } from '../request-context.ts';

/** Why bytes were not taken. Codes are permanent; docs/errors.md lists them. */
export const uploadRefusals = [
  'NOT_FOUND',
  'EXPIRED',
  'ALREADY_RECEIVED',
  'IN_PROGRESS',
  'TOO_LARGE',
  'MEDIA_TYPE_DIFFERS',
  'EMPTY',
  'SIZE_DIFFERS',
  'SHA256_DIFFERS',
  'INCOMPLETE',
] as const;
export type UploadRefusalCode = (typeof uploadRefusals)[number];

/** A file that was received whole. */
export interface ReceivedUpload {
  readonly uploadId: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

/**
 * Takes the bytes that a grant allows, for the caller of the scope.
 *
 * Asks again whether the caller may send them. Bytes that are refused, or that break off, leave nothing.
 */
export type UploadSink = (
  context: RequestContext,
  parts: readonly (string | number)[],
  body: { readonly announcedBytes: number | null; readonly bytes: AsyncIterable<Uint8Array> },
) => Promise<ReceivedUpload | UploadRefusalCode>;
