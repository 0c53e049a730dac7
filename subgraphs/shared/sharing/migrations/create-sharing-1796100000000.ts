import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What applicants share of a child's school data, and persons for whom a child does not exist. */
export class CreateSharing1796100000000 implements MigrationInterface {
  readonly name = 'CreateSharing1796100000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE school_share (
        id uuid PRIMARY KEY, giver text NOT NULL, child_key text NOT NULL, child_code text NOT NULL,
        recipient text NOT NULL CHECK (recipient <> giver),
        scopes text[] NOT NULL CHECK (cardinality(scopes) > 0),
        created_at timestamptz NOT NULL, ends_on date, revoked_at timestamptz
      );
      -- One share for a child and a recipient: repeating it replaces scopes and end.
      CREATE UNIQUE INDEX school_share_open ON school_share (giver, child_key, recipient) WHERE revoked_at IS NULL;
      CREATE INDEX school_share_recipient ON school_share (recipient) WHERE revoked_at IS NULL;
      CREATE TABLE school_share_key (
        giver text NOT NULL, key text NOT NULL, content text NOT NULL, share_id uuid NOT NULL REFERENCES school_share
          ON DELETE CASCADE, PRIMARY KEY (giver, key)
      );
      CREATE INDEX school_share_key_share ON school_share_key (share_id);

      CREATE TABLE protection_block (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, child text NOT NULL, person text NOT NULL,
        -- The legacy system's keys of the child, for our own rows that hold no code.
        child_keys text[] NOT NULL, since timestamptz NOT NULL, until date, reference text NOT NULL,
        lifted_at timestamptz, lifted_reference text
      );
      CREATE UNIQUE INDEX protection_block_open ON protection_block (person, child) WHERE lifted_at IS NULL;

      -- A draft of before a block is out of the way of one that its applicant starts after it.
      ALTER TABLE practice ADD is_set_aside boolean NOT NULL DEFAULT false;
      DROP INDEX practice_one_open;
      CREATE UNIQUE INDEX practice_one_open
        ON practice (applicant, template_id, coalesce(child_key, child->>'codiceFiscale', ''))
        WHERE (status = 'DRAFT' OR (status = 'SUBMITTED' AND updated_at = submitted_at)) AND NOT is_set_aside;

      -- The child that a payment is for, where the debt says so.
      ALTER TABLE payment_session_item ADD child_key text;
      ALTER TABLE spontaneous_instalment ADD child_key text;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE spontaneous_instalment DROP child_key;
      ALTER TABLE payment_session_item DROP child_key;
      DROP INDEX practice_one_open;
      ALTER TABLE practice DROP is_set_aside;
      CREATE UNIQUE INDEX practice_one_open
        ON practice (applicant, template_id, coalesce(child_key, child->>'codiceFiscale', ''))
        WHERE status = 'DRAFT' OR (status = 'SUBMITTED' AND updated_at = submitted_at);
      DROP TABLE protection_block, school_share_key, school_share`);
  }
}
