/**
 * The types that a form may accept: documents and pictures that their bytes identify, and nothing executable.
 *
 * `endings`: of file names, the usual one first. `alsoKnownAs`: other names that browsers, scanners and
 * `file-type` use.
 */
const mediaTypes = {
  'application/pdf': { name: 'PDF', endings: ['pdf'], alsoKnownAs: ['application/x-pdf', 'text/pdf'] },
  'image/jpeg': {
    name: 'JPEG',
    endings: ['jpg', 'jpeg', 'jpe', 'jfif'],
    alsoKnownAs: ['image/jpg', 'image/pjpeg'],
  },
  'image/png': { name: 'PNG', endings: ['png'], alsoKnownAs: ['image/x-png'] },
  'image/tiff': {
    name: 'TIFF',
    endings: ['tif', 'tiff'],
    alsoKnownAs: ['image/tif', 'image/x-tiff', 'image/x-tif'],
  },
  'image/heic': {
    name: 'HEIC',
    endings: ['heic', 'heif', 'hif', 'heics', 'heifs'],
    alsoKnownAs: ['image/heif', 'image/heic-sequence', 'image/heif-sequence'],
  },
  'image/webp': { name: 'WebP', endings: ['webp'], alsoKnownAs: ['image/x-webp'] },
} as const satisfies Readonly<
  Record<
    string,
    {
      readonly name: string;
      readonly endings: readonly [string, ...string[]];
      readonly alsoKnownAs: readonly string[];
    }
  >
>;
export type AcceptableMediaType = keyof typeof mediaTypes;

const byName = new Map(
  Object.entries(mediaTypes).flatMap(([type, { alsoKnownAs }]) =>
    [type, ...alsoKnownAs].map((name) => [name, type as AcceptableMediaType] as const),
  ),
);

/** The canonical name of a type; null for a type that no form may accept. Shape: `IMAGE/jpg;q=1`. */
export function canonicalMediaType(mediaType: string): AcceptableMediaType | null {
  return byName.get(essenceOf(mediaType)) ?? null;
}

/** The type that browsers report for an unknown file. */
export function isUndecided(mediaType: string): boolean {
  return ['', 'application/octet-stream', 'binary/octet-stream'].includes(essenceOf(mediaType));
}

function essenceOf(mediaType: string): string {
  return mediaType.toLowerCase().split(';')[0]?.trim() ?? '';
}

/**
 * Whether bytes of a type match the announced one. A picture may be of another kind: file names are often wrong.
 */
export function isAsAnnounced(actual: AcceptableMediaType, announced: AcceptableMediaType | null): boolean {
  return announced === null || (actual === 'application/pdf') === (announced === 'application/pdf');
}

/** A type's name for people. Shape: `PDF`; an unknown type is returned unchanged. */
export function nameOfMediaType(mediaType: string): string {
  const type = canonicalMediaType(mediaType);
  return type === null ? mediaType : mediaTypes[type].name;
}

/** The type that the bytes identify, whatever was announced; null for any that no form may accept. */
export async function sniffMediaType(start: Buffer): Promise<AcceptableMediaType | null> {
  if (isIsoContainer(start)) return isHeic(start) ? 'image/heic' : null;
  // Loaded with the first file: no program needs it to start.
  const { fileTypeFromBuffer } = await import('file-type');
  const sniffed = canonicalMediaType((await fileTypeFromBuffer(start))?.mime ?? '');
  // Source: ISO 32000-1 annex H.3: readers accept a header somewhere within the first 1,024 bytes.
  const isPdf = start.subarray(0, mostBeforePdf + pdfHeader.length).includes(pdfHeader);
  return sniffed ?? (isPdf ? 'application/pdf' : null);
}

const pdfHeader = '%PDF-';
const mostBeforePdf = 1_024;

const containers = new Set(['mif1', 'msf1', 'mif2', 'miaf']);
const hevc = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs']);

/** The still pictures and films of this container begin with their brands. Source: ISO/IEC 14496-12 §4.3. */
function isIsoContainer(start: Buffer): boolean {
  return start.length >= 16 && start.toString('latin1', 4, 8) === 'ftyp';
}

/**
 * Whether it is a HEIC picture, by its brands; the container's own brand (`mif1`) may come first.
 *
 * Source: ISO/IEC 23008-12 annex B. Other pictures in that container, such as AVIF, have other brands.
 */
function isHeic(start: Buffer): boolean {
  const end = Math.min(start.readUInt32BE(0), start.length, 1_024);
  const brandAt = (at: number) => start.toString('latin1', at, at + 4);
  const brands = Array.from({ length: Math.max(0, Math.floor((end - 16) / 4)) }, (_, n) =>
    brandAt(16 + 4 * n),
  );
  const major = brandAt(8);
  if (hevc.has(major)) return true;
  const isOther = brands.some((brand) => brand.startsWith('avi') || brand.startsWith('j2k'));
  return containers.has(major) && (brands.some((brand) => hevc.has(brand)) || !isOther);
}

/** The name with an ending of its type: `a.exe` becomes `a.exe.pdf`. */
export function nameOfType(fileName: string, mediaType: AcceptableMediaType): string {
  const { endings } = mediaTypes[mediaType];
  const isFitting = endings.some((ending) => fileName.toLowerCase().endsWith(`.${ending}`));
  return isFitting ? fileName : `${fileName}.${endings[0]}`;
}
