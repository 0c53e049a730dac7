const names: Readonly<Record<string, string>> = {
  'application/pdf': 'PDF',
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
  'image/heic': 'HEIC',
  'application/pkcs7-mime': 'P7M',
};

/** Shape: `PDF, JPEG o PNG`. */
export function typesText(mediaTypes: readonly string[]): string {
  const known = [...new Set(mediaTypes.map((type) => names[type] ?? type))];
  return known.length < 2 ? known.join() : `${known.slice(0, -1).join(', ')} o ${known.at(-1)}`;
}

/** Shape: `5 MB`, `300 kB`. */
export function sizeText(bytes: number): string {
  if (bytes >= 1024 * 1024)
    return `${(bytes / 1024 / 1024).toLocaleString('it-IT', { maximumFractionDigits: 1 })} MB`;
  return `${Math.max(1, Math.round(bytes / 1024))} kB`;
}
