import { createId } from '../../core/ids.ts';
import type { EntryKey } from '../../legacy/ports/keys.ts';
import { defineLoader } from './loader.ts';
import { practicesOfEntries } from './records/filing.store.ts';

/**
 * The id of the practice that was filed here and became an entry of the protocol register; null for entries of others.
 *
 * A practice filed here is in the legacy system too, and other domains know it by that system's keys: one practice
 * has one id, wherever it is met. One statement a request.
 */
export const practiceOfEntry = defineLoader<EntryKey, string | null>(async ({ database }, entryKeys) => {
  const found = await practicesOfEntries(database, entryKeys);
  const ids = new Map(found.map((row) => [row.entry_key, createId('Practice', 'O', row.practice_id)]));
  return entryKeys.map((key) => ids.get(key) ?? null);
}, String);
