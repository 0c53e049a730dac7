import type { DataSource } from 'typeorm';
import type { FileKeys } from '../../../core/file-keys.ts';
import { openChunk, sealChunk } from './stored-chunk.ts';
import type { StoredFileChunkEntity } from './stored-file.entity.ts';

/** 2 MB in memory. */
const chunksAtOnce = 32;

/**
 * Encrypts with the first key what is not encrypted or is so with another one. Each step is a transaction of its own, so
 * that it can be ended at any moment and started again. Returns how many chunks it encrypted, and the faults of others.
 */
export async function rotateChunks(
  database: DataSource,
  keys: FileKeys,
): Promise<{ readonly count: number; readonly faults: readonly string[] }> {
  const faults: string[] = [];
  let [count, fileId, sequence] = [0, '00000000-0000-0000-0000-000000000000', -1];
  for (;;) {
    const rows = await database.transaction(async (manager) => {
      const found = await manager.query<StoredFileChunkEntity[]>(
        `SELECT file_id AS "fileId", sequence, key_id AS "keyId", sealed, bytes FROM stored_file_chunk
         WHERE (file_id, sequence) > ($1::uuid, $2::integer) AND key_id IS DISTINCT FROM $3
         ORDER BY file_id, sequence LIMIT ${chunksAtOnce} FOR UPDATE`,
        [fileId, sequence, keys.ids[0]],
      );
      const sealed = found.flatMap((chunk) => {
        try {
          return [sealChunk(keys, chunk, openChunk(keys, chunk))];
        } catch (error) {
          faults.push((error as Error).message);
          return [];
        }
      });
      await manager.query(
        `UPDATE stored_file_chunk c SET key_id = $4, sealed = n.sealed, bytes = NULL
         FROM unnest($1::uuid[], $2::integer[], $3::bytea[]) AS n (file_id, sequence, sealed)
         WHERE c.file_id = n.file_id AND c.sequence = n.sequence`,
        [
          sealed.map((one) => one.fileId),
          sealed.map((one) => one.sequence),
          sealed.map((one) => one.sealed),
          keys.ids[0],
        ],
      );
      count += sealed.length;
      return found;
    });
    const last = rows.at(-1);
    if (last === undefined) return { count, faults };
    [fileId, sequence] = [last.fileId, last.sequence];
  }
}
