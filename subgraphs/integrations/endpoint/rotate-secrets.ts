import type { DataSource } from 'typeorm';
import type { FileKeys } from '../../../core/file-keys.ts';
import { openSecret, type StoredSecret, sealSecret, storedSecretJson } from '../delivery/sealed-secret.ts';

/** As `rotateChunks`, for the secrets of webhooks: there are few. */
export async function rotateSecrets(
  database: DataSource,
  keys: FileKeys,
): Promise<{ readonly count: number; readonly faults: readonly string[] }> {
  const rows = await database.query<{ row: StoredSecret }[]>(
    `SELECT ${storedSecretJson} AS row FROM webhook_secret s WHERE key_id IS DISTINCT FROM $1 ORDER BY id`,
    [keys.ids[0]],
  );
  const faults: string[] = [];
  let count = 0;
  for (const { row } of rows) {
    try {
      const { keyId, sealed } = sealSecret(keys, row.id, openSecret(keys, row));
      await database.query(
        'UPDATE webhook_secret SET key_id = $2, sealed = $3, secret = NULL WHERE id = $1',
        [row.id, keyId, sealed],
      );
      count++;
    } catch (error) {
      faults.push((error as Error).message);
    }
  }
  return { count, faults };
}
