import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreatePractices1760000000000 implements MigrationInterface {
  readonly name = 'CreatePractices1760000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE stored_file (
        id uuid PRIMARY KEY, file_name text NOT NULL, media_type text NOT NULL,
        size_bytes integer NOT NULL CHECK (size_bytes >= 0), sha256 text NOT NULL CHECK (length(sha256) = 64)
      );
      CREATE TABLE stored_file_chunk (
        file_id uuid NOT NULL REFERENCES stored_file, sequence integer NOT NULL,
        bytes bytea NOT NULL CHECK (octet_length(bytes) <= 65536), PRIMARY KEY (file_id, sequence)
      );
      CREATE TABLE practice_template (
        id text PRIMARY KEY, procedure_code text NOT NULL, title text NOT NULL, school_year text,
        opens_on date, closes_on date, concerns_child boolean NOT NULL, contact jsonb,
        information_sheet_id uuid REFERENCES stored_file, revision text NOT NULL,
        CHECK (opens_on <= closes_on)
      );
      CREATE INDEX practice_template_procedure ON practice_template (procedure_code);
      CREATE TABLE practice_form (
        template_id text NOT NULL REFERENCES practice_template, revision text NOT NULL,
        fields jsonb NOT NULL, required_attachments jsonb NOT NULL, PRIMARY KEY (template_id, revision)
      );
      CREATE TABLE practice (
        id uuid PRIMARY KEY, template_id text NOT NULL, revision text NOT NULL, applicant text NOT NULL,
        child_key text, title text NOT NULL, status text NOT NULL, version integer NOT NULL CHECK (version > 0),
        answers jsonb NOT NULL, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL,
        submitted_at timestamptz, FOREIGN KEY (template_id, revision) REFERENCES practice_form
      );
      CREATE INDEX practice_applicant ON practice (applicant);
      CREATE TABLE practice_event (
        practice_id uuid NOT NULL REFERENCES practice, sequence integer NOT NULL, at timestamptz NOT NULL,
        status text NOT NULL, note text, PRIMARY KEY (practice_id, sequence)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE practice_event, practice, practice_form, practice_template, stored_file_chunk, stored_file',
    );
  }
}
