import { createId } from '../../core/ids.ts';
import { defineLoader } from './loader.ts';

/**
 * The id of the practice that was filed here and became an entry of the register; null for entries of others.
 *
 * A practice filed here is in the legacy system too, and other domains know it by that system's keys: one practice
 * has one id, wherever it is met. One statement a request.
 */
export const practiceOfEntry = defineLoader<number, string | null>(async ({ database }, entryKeys) => {
  const found = await database.query<{ entry_key: number; practice_id: string }[]>(
    `SELECT entry_key, practice_id FROM practice_submission WHERE entry_key = ANY($1::int[])`,
    [entryKeys],
  );
  const ids = new Map(found.map((row) => [row.entry_key, createId('Practice', 'O', row.practice_id)]));
  return entryKeys.map((key) => ids.get(key) ?? null);
}, String);
