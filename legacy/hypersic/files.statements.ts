import type { FileColumns } from './invoice.mapper.ts';
import { asBase64, byteLength } from './wire/dialect.ts';
import { defineStatement, withColumns } from './wire/statement.ts';

/** A file and one of its blocks; no block for an empty file. */
export interface BlockRow extends FileColumns {
  readonly PROGR: number | null;
  readonly LUNGHEZZA: number | null;
}

export const fileBlocks = defineStatement<BlockRow>()('file_blocks', ['file'], (select) =>
  withColumns(
    withColumns(select.select([]), 'k', ['ID_FILE', 'NOME_FILE', 'TIPO_MIME', 'DIM_BYTE', 'HASH_SHA256']),
    'b',
    ['PROGR'],
  )
    .addSelect(byteLength('"b"."DATI"'), 'LUNGHEZZA')
    .from('DOC_FILE', 'k')
    .leftJoin('DOC_FILE_BLOCCHI', 'b', '"b"."ID_FILE" = "k"."ID_FILE"')
    .where('"k"."ID_FILE" = :file')
    .orderBy('"b"."PROGR"', 'ASC'),
);

export const blockBytes = defineStatement<{ readonly DATI: string }>()(
  'block_bytes',
  ['file', 'block'],
  (select) =>
    select
      .select([])
      .addSelect(asBase64('"b"."DATI"'), 'DATI')
      .from('DOC_FILE_BLOCCHI', 'b')
      .where('"b"."ID_FILE" = :file AND "b"."PROGR" = :block'),
);
