import type { DataSource } from 'typeorm';
import type { FileKeys } from '../core/file-keys.ts';
import { rotateSecrets } from './integrations/endpoint/rotate-secrets.ts';
import { rotateChunks } from './practices/stored-files/rotate-chunks.ts';

export interface RotationReport {
  readonly chunks: number;
  readonly secrets: number;
  /** One for each row that is still encrypted with another key. */
  readonly faults: readonly string[];
}

/** Encrypts everything with the first key of `FILE_KEYS`; the others can then be removed from it. Safe to end and to repeat. */
export async function rotateFiles(database: DataSource, keys: FileKeys): Promise<RotationReport> {
  const chunks = await rotateChunks(database, keys);
  const secrets = await rotateSecrets(database, keys);
  return { chunks: chunks.count, secrets: secrets.count, faults: [...chunks.faults, ...secrets.faults] };
}

/** Keys that rows name and `FILE_KEYS` lacks: those rows cannot be read. */
export async function missingFileKeys(database: DataSource, keys: FileKeys): Promise<readonly string[]> {
  const rows = await database.query<{ id: string }[]>(namedKeys);
  return rows.map(({ id }) => id).filter((id) => !keys.ids.includes(id));
}

/** Goes from key to key in the index, and not through the chunks. */
const namedKeys = `
  WITH RECURSIVE named AS (
    (SELECT key_id AS id FROM stored_file_chunk WHERE key_id IS NOT NULL ORDER BY key_id LIMIT 1)
    UNION ALL
    SELECT (SELECT c.key_id FROM stored_file_chunk c WHERE c.key_id > n.id ORDER BY c.key_id LIMIT 1)
    FROM named n WHERE n.id IS NOT NULL
  )
  SELECT id FROM named WHERE id IS NOT NULL
  UNION SELECT key_id FROM webhook_secret WHERE key_id IS NOT NULL`;
