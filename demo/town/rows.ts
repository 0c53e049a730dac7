import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';

export type Row = Readonly<Record<string, unknown>>;

/**
 * Inserts missing rows in one statement; existing rows stay unchanged.
 *
 * All rows have the same columns; the table's defaults fill the others. Bytes are given as `\x…`.
 */
export async function insertRows(client: ClientBase, table: string, rows: readonly Row[]): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const columns = Object.keys(first)
    .map((column) => `"${column}"`)
    .join(', ');
  await client.query(
    `INSERT INTO "${table}" (${columns})
     SELECT ${columns} FROM json_populate_recordset(NULL::"${table}", $1) ON CONFLICT DO NOTHING`,
    [JSON.stringify(rows)],
  );
}

/** A stored file with its blocks of at most 64 kB. */
export async function insertFile(
  client: ClientBase,
  file: {
    readonly id: number;
    readonly name: string;
    readonly mediaType: string;
    readonly bytes: Buffer;
    readonly storedAt: string;
  },
): Promise<void> {
  await insertRows(client, 'DOC_FILE', [
    {
      ID_FILE: file.id,
      NOME_FILE: file.name,
      TIPO_MIME: file.mediaType,
      DIM_BYTE: file.bytes.length,
      HASH_SHA256: createHash('sha256').update(file.bytes).digest('hex'),
      DATA_INS: file.storedAt,
    },
  ]);
  const blocks: Row[] = [];
  for (let start = 0; start < file.bytes.length; start += blockBytes) {
    const block = file.bytes.subarray(start, start + blockBytes);
    blocks.push({ ID_FILE: file.id, PROGR: blocks.length + 1, DATI: `\\x${block.toString('hex')}` });
  }
  await insertRows(client, 'DOC_FILE_BLOCCHI', blocks);
}

const blockBytes = 64 * 1024;
