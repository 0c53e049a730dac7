/** A line without its end; null for one that is longer than any valid line. */
export type Line = Buffer | null;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
export const maxLineBytes = 64 * 1024;

/** Cuts bytes into lines, with one line in memory at a time. The last line's end may be missing. */
export async function* linesOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  let rest: Buffer = Buffer.alloc(0);
  let isTooLong = false;
  for await (const chunk of bytes) {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, start)) {
      const line = Buffer.concat([rest, chunk.subarray(start, end)]);
      yield isTooLong || line.length > maxLineBytes ? null : withoutReturn(line);
      rest = Buffer.alloc(0);
      isTooLong = false;
      start = end + 1;
    }
    rest = Buffer.concat([rest, chunk.subarray(start)]);
    if (rest.length <= maxLineBytes) continue;
    isTooLong = true;
    rest = Buffer.alloc(0);
  }
  if (isTooLong) yield null;
  else if (rest.length > 0) yield withoutReturn(rest);
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const latin1 = new TextDecoder('windows-1252');

/**
 * [SPEC] does not name the encoding and [CLIENT] GovPay uses its machine's: bytes that are not UTF-8 are
 * Windows-1252.
 */
export function decode(line: Buffer): string {
  try {
    return utf8.decode(line);
  } catch {
    return latin1.decode(line);
  }
}

function withoutReturn(line: Buffer): Buffer {
  return line.at(-1) === carriageReturn ? line.subarray(0, -1) : line;
}
