import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateSubmissions1763000000000 implements MigrationInterface {
  readonly name = 'CreateSubmissions1763000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE practice_submission (
        id uuid PRIMARY KEY, practice_id uuid NOT NULL REFERENCES practice,
        kind text NOT NULL CHECK (kind IN ('FILING', 'INTEGRATION', 'WITHDRAWAL')),
        reference text NOT NULL UNIQUE, as_filed text NOT NULL, sha256 text NOT NULL CHECK (length(sha256) = 64),
        filed_at timestamptz NOT NULL, summary_file_id uuid REFERENCES stored_file,
        sender_key text, entry_attempted_at timestamptz,
        entry_key integer UNIQUE, entry_number integer, entry_year integer, entry_registered_at timestamptz,
        failures integer NOT NULL DEFAULT 0, next_attempt_at timestamptz, completed_at timestamptz
      );
      CREATE INDEX practice_submission_practice ON practice_submission (practice_id);
      CREATE UNIQUE INDEX practice_submission_once ON practice_submission (practice_id, kind) WHERE kind <> 'INTEGRATION';
      CREATE TABLE practice_submission_file (
        submission_id uuid NOT NULL REFERENCES practice_submission, sequence integer NOT NULL,
        file_id uuid NOT NULL REFERENCES stored_file, register_name text NOT NULL,
        attempted_at timestamptz, verified_at timestamptz,
        PRIMARY KEY (submission_id, sequence), UNIQUE (submission_id, register_name)
      );
      CREATE FUNCTION refuse_submission_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'DELETE' OR (NEW.practice_id, NEW.kind, NEW.reference, NEW.as_filed, NEW.sha256, NEW.filed_at)
            IS DISTINCT FROM (OLD.practice_id, OLD.kind, OLD.reference, OLD.as_filed, OLD.sha256, OLD.filed_at)
          THEN RAISE EXCEPTION 'What was filed never changes.';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER practice_submission_kept BEFORE UPDATE OR DELETE ON practice_submission
        FOR EACH ROW EXECUTE FUNCTION refuse_submission_change();`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE practice_submission_file, practice_submission; DROP FUNCTION refuse_submission_change',
    );
  }
}
