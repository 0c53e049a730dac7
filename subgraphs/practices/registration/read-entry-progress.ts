import { AppError } from '../../../core/errors.ts';
import type { EntryProgress, PracticesPort } from '../../../legacy/ports/practices.port.ts';

/**
 * How entries stand, in one statement; an error for an entry that cannot be read, which keeps no other from being
 * read. Errors: LEGACY_UNAVAILABLE.
 */
export async function readEntryProgress(
  practices: Pick<PracticesPort, 'entryProgress'>,
  keys: readonly number[],
): Promise<readonly (EntryProgress | AppError | null)[]> {
  try {
    return await practices.entryProgress(keys);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'LEGACY_CONTRACT_BROKEN') throw error;
    if (keys.length === 1) return [error];
    const half = Math.ceil(keys.length / 2);
    const first = await readEntryProgress(practices, keys.slice(0, half));
    return [...first, ...(await readEntryProgress(practices, keys.slice(half)))];
  }
}
