import type { DataSource } from 'typeorm';
import type { FileKeys } from '../core/file-keys.ts';
import { keysOfSecrets } from './integrations/endpoint/endpoint.store.ts';
import { rotateSecrets } from './integrations/endpoint/rotate-secrets.ts';
import { keysOfChunks } from './practices/stored-files/chunk.store.ts';
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
  const rows = await database.query<{ id: string }[]>(
    `SELECT id FROM (${keysOfChunks}) AS c UNION ${keysOfSecrets}`,
  );
  return rows.map(({ id }) => id).filter((id) => !keys.ids.includes(id));
}
