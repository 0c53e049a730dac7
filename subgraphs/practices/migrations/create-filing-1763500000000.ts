import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateFiling1763500000000 implements MigrationInterface {
  readonly name = 'CreateFiling1763500000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE practice_template ADD audiences jsonb NOT NULL DEFAULT '["CITIZENS"]',
        ADD once_per_child boolean NOT NULL DEFAULT false;
      ALTER TABLE practice_form ADD choices jsonb NOT NULL DEFAULT '[]';

      ALTER TABLE practice ADD child jsonb, ADD last_write text;
      CREATE UNIQUE INDEX practice_one_open
        ON practice (applicant, template_id, coalesce(child_key, child->>'codiceFiscale', ''))
        -- An answer to the office makes it SUBMITTED once more, after whatever else was started meanwhile.
        WHERE status = 'DRAFT' OR (status = 'SUBMITTED' AND updated_at = submitted_at);
      CREATE TABLE practice_start_key (
        applicant text NOT NULL, key text NOT NULL, sha256 text NOT NULL,
        practice_id uuid NOT NULL REFERENCES practice ON DELETE CASCADE, PRIMARY KEY (applicant, key)
      );
      CREATE INDEX practice_start_key_practice ON practice_start_key (practice_id);

      CREATE TABLE practice_attachment (
        id uuid PRIMARY KEY, practice_id uuid NOT NULL REFERENCES practice, code text NOT NULL,
        file_name text NOT NULL, media_type text NOT NULL, max_bytes integer NOT NULL,
        announced_bytes integer, announced_sha256 text,
        created_at timestamptz NOT NULL, expires_at timestamptz NOT NULL,
        file_id uuid, receiving_since timestamptz, received_at timestamptz, attached_at timestamptz,
        submission_id uuid REFERENCES practice_submission,
        CHECK (attached_at IS NULL OR received_at IS NOT NULL),
        CHECK (submission_id IS NULL OR attached_at IS NOT NULL)
      );
      CREATE INDEX practice_attachment_practice ON practice_attachment (practice_id);
      -- Bytes arrive before the row of their file, which is written last: a file that has a row is whole.
      ALTER TABLE stored_file_chunk DROP CONSTRAINT stored_file_chunk_file_id_fkey;

      CREATE TABLE practice_integration_request (
        practice_id uuid NOT NULL REFERENCES practice, sequence integer NOT NULL, requested_at timestamptz NOT NULL,
        message text NOT NULL, due_on date, attachments jsonb NOT NULL, answered_at timestamptz,
        PRIMARY KEY (practice_id, sequence)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE practice_integration_request, practice_attachment, practice_start_key;
      ALTER TABLE stored_file_chunk ADD FOREIGN KEY (file_id) REFERENCES stored_file;
      DROP INDEX practice_one_open;
      ALTER TABLE practice DROP child, DROP last_write;
      ALTER TABLE practice_form DROP choices;
      ALTER TABLE practice_template DROP audiences, DROP once_per_child`);
  }
}
