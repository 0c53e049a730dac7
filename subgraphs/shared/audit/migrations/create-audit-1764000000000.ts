import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateAudit1764000000000 implements MigrationInterface {
  readonly name = 'CreateAudit1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE audit_event (
        chain uuid NOT NULL, sequence bigint NOT NULL, at timestamptz NOT NULL,
        actor_id text, event text NOT NULL, hash text NOT NULL CHECK (length(hash) = 64),
        PRIMARY KEY (chain, sequence)
      );
      CREATE INDEX audit_event_at ON audit_event USING brin (at);
      CREATE INDEX audit_event_actor ON audit_event (actor_id, at) WHERE actor_id IS NOT NULL;
      CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'What was recorded is never changed or removed.'; END $$;
      CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
      CREATE TABLE audit_pending (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL, event jsonb NOT NULL
      );`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE audit_pending, audit_event; DROP FUNCTION refuse_audit_change');
  }
}
