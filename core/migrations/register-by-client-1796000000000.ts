import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which client registered a document, and when it was last asked for. */
export class RegisterByClient1796000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE trusted_document
        ADD COLUMN client text NOT NULL DEFAULT '',
        ADD COLUMN last_used_at timestamptz,
        DROP CONSTRAINT trusted_document_pkey,
        ADD PRIMARY KEY (hash, client)`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DELETE FROM trusted_document a USING trusted_document b WHERE a.hash = b.hash AND a.client > b.client;
      ALTER TABLE trusted_document
        DROP CONSTRAINT trusted_document_pkey,
        ADD PRIMARY KEY (hash),
        DROP COLUMN last_used_at,
        DROP COLUMN client`);
  }
}
