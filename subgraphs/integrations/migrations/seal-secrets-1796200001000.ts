import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Secrets are encrypted with a key of `FILE_KEYS`; those of before wait for `npm run files:rotate`. In a column of their
 * own: a program of the version before fails on them, where it would sign with something else.
 */
export class SealSecrets1796200001000 implements MigrationInterface {
  readonly name = 'SealSecrets1796200001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE webhook_secret ALTER secret DROP NOT NULL, ADD key_id text, ADD sealed bytea,
        ADD CHECK ((key_id IS NULL) = (sealed IS NULL)), ADD CHECK ((secret IS NULL) <> (sealed IS NULL))`);
  }

  async down(): Promise<void> {
    throw new Error('Encrypted secrets could not be read without the key that they name.');
  }
}
