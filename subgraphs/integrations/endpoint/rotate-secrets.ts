import type { DataSource } from 'typeorm';
import type { FileKeys } from '../../../core/file-keys.ts';
import { openSecret, sealSecret } from '../delivery/sealed-secret.ts';
import { secretsWithOtherKeys, updateSecret } from './endpoint.store.ts';

/** As `rotateChunks`, for the secrets of webhooks: there are few. */
export async function rotateSecrets(
  database: DataSource,
  keys: FileKeys,
): Promise<{ readonly count: number; readonly faults: readonly string[] }> {
  const rows = await secretsWithOtherKeys(database, keys.ids[0]);
  const faults: string[] = [];
  let count = 0;
  for (const row of rows) {
    try {
      const { keyId, sealed } = sealSecret(keys, row.id, openSecret(keys, row));
      await updateSecret(database, row.id, keyId, sealed);
      count++;
    } catch (error) {
      faults.push((error as Error).message);
    }
  }
  return { count, faults };
}
