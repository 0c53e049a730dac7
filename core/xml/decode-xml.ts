/**
 * The text of an XML message as its sender encoded it: by a byte order mark, else by the charset of the content type,
 * else by the XML declaration, else UTF-8. A name that is no encoding is ignored. Source: RFC 7303 §3, XML 1.0
 * appendix F.
 */
export function decodeXml(bytes: Uint8Array, contentType: string | null | undefined): string {
  const marked = marks.find(([mark]) => mark.every((byte, index) => bytes[index] === byte));
  const names = [marked?.[1], charsetOf(contentType ?? ''), declaredIn(bytes), 'utf-8'];
  const decoder = names
    .map((name) => (name === undefined ? null : decoderOf(name)))
    .find((one) => one !== null);
  return (decoder ?? new TextDecoder()).decode(bytes);
}

const marks: readonly (readonly [mark: readonly number[], name: string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xfe, 0xff], 'utf-16be'],
  [[0xff, 0xfe], 'utf-16le'],
  // Without a mark: the `<` of the declaration as UTF-16 writes it.
  [[0x00, 0x3c], 'utf-16be'],
  [[0x3c, 0x00], 'utf-16le'],
];

function charsetOf(contentType: string): string | undefined {
  return /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType)?.[1];
}

/** A declaration that can be read byte by byte is not in UTF-16, whatever it says: .NET writes that of its strings. */
function declaredIn(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 200)).toString(
    'latin1',
  );
  const name = /^\s*<\?xml[^>]{1,100}?encoding\s*=\s*["']([^"']{1,40})["']/.exec(start)?.[1];
  return name !== undefined && /^(?:utf-?16|ucs-?2|iso-10646)/i.test(name) ? undefined : name;
}

function decoderOf(name: string): InstanceType<typeof TextDecoder> | null {
  try {
    return new TextDecoder(name);
  } catch {
    return null;
  }
}
