import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateRatings1769000001000 implements MigrationInterface {
  readonly name = 'CreateRatings1769000001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE service_rating (
        key_sha256 text PRIMARY KEY, service text NOT NULL, title text NOT NULL,
        stars smallint NOT NULL CHECK (stars BETWEEN 1 AND 5), aspects jsonb NOT NULL, comment text,
        rated_on date NOT NULL
      );
      CREATE INDEX service_rating_day ON service_rating (rated_on)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE service_rating');
  }
}
