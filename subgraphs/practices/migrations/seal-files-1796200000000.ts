import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Chunks are encrypted with a key of `FILE_KEYS`; `npm run files:rotate` encrypts existing ones. Encrypted bytes have a
 * column of their own: the previous version fails on them, instead of sending them to the protocol register.
 */
export class SealFiles1796200000000 implements MigrationInterface {
  readonly name = 'SealFiles1796200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE stored_file_chunk ALTER bytes DROP NOT NULL, ADD key_id text,
        -- A nonce of 12 bytes and a tag of 16 are added to those of the file.
        ADD sealed bytea CHECK (octet_length(sealed) <= 65564),
        ADD CHECK ((key_id IS NULL) = (sealed IS NULL)), ADD CHECK ((bytes IS NULL) <> (sealed IS NULL));
      CREATE INDEX stored_file_chunk_key ON stored_file_chunk (key_id)`);
  }

  async down(): Promise<void> {
    throw new Error('Encrypted files could not be read without the key that they name.');
  }
}
