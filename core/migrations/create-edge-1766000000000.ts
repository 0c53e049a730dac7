import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables of the gateway, which shares our database where there is one. */
export class CreateEdge1766000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    // Counts of the last minutes: they may be lost, and writing them must cost little. The columns are those of
    // rate-limiter-flexible; `expire` in milliseconds since 1970.
    await queryRunner.query(`
      CREATE UNLOGGED TABLE rate_limit (
        key varchar(255) PRIMARY KEY,
        points integer NOT NULL DEFAULT 0,
        expire bigint
      )`);
    await queryRunner.query(`
      CREATE TABLE trusted_document (
        hash text PRIMARY KEY CHECK (hash ~ '^[0-9a-f]{64}$'),
        body text NOT NULL CHECK (octet_length(body) <= 262144),
        source text NOT NULL,
        added_at timestamptz NOT NULL DEFAULT now()
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE trusted_document');
    await queryRunner.query('DROP TABLE rate_limit');
  }
}
