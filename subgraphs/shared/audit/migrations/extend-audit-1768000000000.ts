import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Persons by pseudonyms, a log by child, and a way to read what clients wrote into events before they were looked at. */
export class ExtendAudit1768000000000 implements MigrationInterface {
  readonly name = 'ExtendAudit1768000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Whom a pseudonym of the trail stands for. Without a row nobody can tell.
      CREATE TABLE audit_person (person text PRIMARY KEY, key bytea NOT NULL CHECK (octet_length(key) = 32));

      -- What links say of children, to be found by child: derived from them, and verified with them.
      CREATE TABLE audit_child (
        chain uuid NOT NULL, sequence bigint NOT NULL, child text NOT NULL,
        day date NOT NULL, actor_kind text NOT NULL, actor_id text, relation text NOT NULL,
        is_refused boolean NOT NULL, actions text[] NOT NULL, times integer[] NOT NULL,
        PRIMARY KEY (chain, sequence, child)
      );
      CREATE INDEX audit_child_log ON audit_child (child, day)
        INCLUDE (actor_kind, actor_id, relation, is_refused, actions, times);
      CREATE TRIGGER audit_child_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_child
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

      -- Reads an event whatever is in it: jsonb takes neither U+0000 nor half of a pair of surrogates, both of which
      -- clients could once write into events. Each of them reads as U+FFFD.
      CREATE FUNCTION audit_json(event text) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE STRICT AS $$
        BEGIN
          RETURN event::jsonb;
        EXCEPTION WHEN others THEN
          BEGIN
            RETURN regexp_replace(event, '\\\\u(0000|[dD][89a-fA-F][0-9a-fA-F]{2})', '\\\\ufffd', 'g')::jsonb;
          EXCEPTION WHEN others THEN
            RETURN jsonb_build_object('unreadable', event);
          END;
        END $$;
      CREATE VIEW audit_readable AS
        SELECT chain, sequence, at, actor_id, audit_json(event) AS event, hash FROM audit_event;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP VIEW audit_readable; DROP FUNCTION audit_json; DROP TABLE audit_child, audit_person',
    );
  }
}
