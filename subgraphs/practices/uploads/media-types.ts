import { fileTypeFromBuffer } from 'file-type';

/**
 * The types a form may ask for, with the endings of their names, the usual one first.
 *
 * Documents and pictures whose bytes tell what they are; nothing that a computer runs.
 */
export const acceptableMediaTypes = {
  'application/pdf': ['pdf'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/png': ['png'],
  'image/tiff': ['tif', 'tiff'],
  'image/heic': ['heic'],
  'image/webp': ['webp'],
} as const satisfies Readonly<Record<string, readonly [string, ...string[]]>>;
export type AcceptableMediaType = keyof typeof acceptableMediaTypes;

export function isAcceptable(mediaType: string): mediaType is AcceptableMediaType {
  return Object.hasOwn(acceptableMediaTypes, mediaType);
}

/** What the bytes say they are, whatever anybody announced; null when they say nothing. */
export async function sniffMediaType(start: Buffer): Promise<string | null> {
  return (await fileTypeFromBuffer(start))?.mime ?? null;
}

/** The name with an ending of its type: what comes from elsewhere as `a.exe` is kept as `a.exe.pdf`. */
export function nameOfType(fileName: string, mediaType: AcceptableMediaType): string {
  const endings: readonly string[] = acceptableMediaTypes[mediaType];
  const isFitting = endings.some((ending) => fileName.toLowerCase().endsWith(`.${ending}`));
  return isFitting ? fileName : `${fileName}.${endings[0]}`;
}
