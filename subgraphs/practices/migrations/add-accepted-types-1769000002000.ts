import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The media types that an announced file may have, as its bytes show later. Null: only the announced type, as the
 * previous version writes it.
 */
export class AddAcceptedTypes1769000002000 implements MigrationInterface {
  readonly name = 'AddAcceptedTypes1769000002000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE practice_attachment ADD accepted_types jsonb, ALTER media_type DROP NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      UPDATE practice_attachment SET media_type = accepted_types->>0 WHERE media_type IS NULL;
      ALTER TABLE practice_attachment DROP accepted_types, ALTER media_type SET NOT NULL`);
  }
}
