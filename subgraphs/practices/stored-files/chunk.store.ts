import type { EntityManager } from 'typeorm';
import type { StoredFileChunkEntity } from './stored-file.entity.ts';

/** The next chunks after one that are not encrypted with a key, locked until the transaction ends. */
export function lockChunksWithOtherKeys(
  manager: EntityManager,
  [fileId, sequence]: readonly [string, number],
  keyId: string | undefined,
  most: number,
): Promise<readonly StoredFileChunkEntity[]> {
  return manager.query(
    `SELECT file_id AS "fileId", sequence, key_id AS "keyId", sealed, bytes FROM stored_file_chunk
     WHERE (file_id, sequence) > ($1::uuid, $2::integer) AND key_id IS DISTINCT FROM $3
     ORDER BY file_id, sequence LIMIT ${most} FOR UPDATE`,
    [fileId, sequence, keyId],
  );
}

export async function updateChunks(
  manager: EntityManager,
  keyId: string | undefined,
  chunks: readonly Pick<StoredFileChunkEntity, 'fileId' | 'sequence' | 'sealed'>[],
): Promise<void> {
  await manager.query(
    `UPDATE stored_file_chunk c SET key_id = $4, sealed = n.sealed, bytes = NULL
     FROM unnest($1::uuid[], $2::integer[], $3::bytea[]) AS n (file_id, sequence, sealed)
     WHERE c.file_id = n.file_id AND c.sequence = n.sequence`,
    [
      chunks.map((one) => one.fileId),
      chunks.map((one) => one.sequence),
      chunks.map((one) => one.sealed),
      keyId,
    ],
  );
}

/** SQL: the keys that chunks name, as rows of `id`. Goes from key to key in the index, and not through the chunks. */
export const keysOfChunks = `
  WITH RECURSIVE named AS (
    (SELECT key_id AS id FROM stored_file_chunk WHERE key_id IS NOT NULL ORDER BY key_id LIMIT 1)
    UNION ALL
    SELECT (SELECT c.key_id FROM stored_file_chunk c WHERE c.key_id > n.id ORDER BY c.key_id LIMIT 1)
    FROM named n WHERE n.id IS NOT NULL
  )
  SELECT id FROM named WHERE id IS NOT NULL`;
