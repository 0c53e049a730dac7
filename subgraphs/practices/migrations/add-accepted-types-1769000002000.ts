import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the bytes of an announced file may be: their type is known once they arrive. Null: only what was announced, as the
 * version before writes it.
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
