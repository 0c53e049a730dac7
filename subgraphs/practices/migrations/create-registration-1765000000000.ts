import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateRegistration1765000000000 implements MigrationInterface {
  readonly name = 'CreateRegistration1765000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE register_sender (
        applicant text PRIMARY KEY, attempted_at timestamptz NOT NULL
      );
      CREATE TABLE register_double (
        submission_id uuid NOT NULL REFERENCES practice_submission, entry_key integer NOT NULL,
        file_name text NOT NULL DEFAULT '', entry_number integer NOT NULL, entry_year integer NOT NULL,
        found_at timestamptz NOT NULL, PRIMARY KEY (submission_id, entry_key, file_name)
      );
      CREATE INDEX practice_submission_open ON practice_submission (filed_at) WHERE completed_at IS NULL;
      CREATE TABLE practice_follow (
        practice_id uuid PRIMARY KEY REFERENCES practice, changed_at timestamptz NOT NULL, next_at timestamptz NOT NULL
      );
      CREATE INDEX practice_follow_next ON practice_follow (next_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP TABLE practice_follow, register_double, register_sender;
       DROP INDEX practice_submission_open`,
    );
  }
}
