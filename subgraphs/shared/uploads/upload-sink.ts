import type { RequestContext } from '../request-context.ts';

/** Reasons for refusing bytes. Codes are permanent; docs/errors.md lists them. */
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

/** A file that was received completely. */
export interface ReceivedUpload {
  readonly uploadId: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

/**
 * Takes the bytes that a grant allows, for the caller of the request context.
 *
 * Checks again whether the caller may send them. Refused or interrupted bytes leave nothing.
 */
export type UploadSink = (
  context: RequestContext,
  parts: readonly (string | number)[],
  body: { readonly announcedBytes: number | null; readonly bytes: AsyncIterable<Uint8Array> },
) => Promise<ReceivedUpload | UploadRefusalCode>;
