import type { DataSource } from 'typeorm';
import type { FileKeys } from '../../../core/file-keys.ts';
import { lockChunksWithOtherKeys, updateChunks } from './chunk.store.ts';
import { openChunk, sealChunk } from './stored-chunk.ts';

/** 2 MB in memory. */
const chunksAtOnce = 32;

/**
 * Encrypts with the first key all chunks that are not encrypted with it. Each step is a transaction of its own, so
 * that it can be stopped at any time and started again. Returns the number of encrypted chunks, and all failures.
 */
export async function rotateChunks(
  database: DataSource,
  keys: FileKeys,
): Promise<{ readonly count: number; readonly faults: readonly string[] }> {
  const faults: string[] = [];
  let [count, fileId, sequence] = [0, '00000000-0000-0000-0000-000000000000', -1];
  for (;;) {
    const rows = await database.transaction(async (manager) => {
      const found = await lockChunksWithOtherKeys(manager, [fileId, sequence], keys.ids[0], chunksAtOnce);
      const sealed = found.flatMap((chunk) => {
        try {
          return [sealChunk(keys, chunk, openChunk(keys, chunk))];
        } catch (error) {
          faults.push((error as Error).message);
          return [];
        }
      });
      await updateChunks(manager, keys.ids[0], sealed);
      count += sealed.length;
      return found;
    });
    const last = rows.at(-1);
    if (last === undefined) return { count, faults };
    [fileId, sequence] = [last.fileId, last.sequence];
  }
}
