import { Readable } from 'node:stream';
import type { FilesPort } from '../ports/files.port.ts';
import { type BlockRow, blockBytes, fileBlocks } from './files.statements.ts';
import { toFile } from './invoice.mapper.ts';
import { toInteger } from './keys.ts';
import type { Connection } from './wire/connection.ts';
import { contractBroken } from './wire/errors.ts';

/**
 * Files are read in blocks of at most 64 kB, since the driver loads a whole `bytea`: one block is in memory at a
 * time.
 */
export function createFiles({ read }: Connection): FilesPort {
  const blockOf = async (file: number, block: number) => {
    const [row] = await read(blockBytes, { file, block });
    const { DATI } = row ?? contractBroken('DOC_FILE_BLOCCHI.PROGR', 'every block of the file');
    return Buffer.from(DATI, 'base64');
  };
  return {
    async open(key, range = { start: 0, end: Number.MAX_SAFE_INTEGER }) {
      const id = toInteger(key);
      const rows = await read(fileBlocks, { file: id });
      const file = rows[0] === undefined ? null : toFile(rows[0]);
      if (file === null) return null;
      // The size is known before the first byte is sent, because the response states it.
      const held = rows.reduce((sum, { LUNGHEZZA }) => sum + (LUNGHEZZA ?? 0), 0);
      if (held !== file.sizeBytes) contractBroken('DOC_FILE_BLOCCHI.DATI', 'as many bytes as DIM_BYTE says');
      const bytes = async function* () {
        for (const { block, from, to } of wantedBlocks(rows, range))
          yield (await blockOf(id, block)).subarray(from, to);
      };
      return { file, bytes: Readable.from(bytes(), { objectMode: false }) };
    },
  };
}

/** The blocks that hold the range, and the part of each. */
function* wantedBlocks(
  rows: readonly BlockRow[],
  { start, end }: { readonly start: number; readonly end: number },
): Iterable<{ readonly block: number; readonly from: number; readonly to: number }> {
  let offset = 0;
  for (const { PROGR: block, LUNGHEZZA: length } of rows) {
    if (block === null || length === null) continue;
    const [from, to] = [Math.max(start - offset, 0), Math.min(end + 1 - offset, length)];
    if (from < to) yield { block, from, to };
    offset += length;
  }
}
