import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Lets keys of pseudonyms go: a person's, whom the operator erases, and those of which retention removed the last event.
 *
 * Each row states its pseudonym, so that the database finds the rows of removed events. The database computes it, as
 * `pseudonymOf` does: a program of the version before writes rows without it.
 */
export class ForgetPersons1796300000000 implements MigrationInterface {
  readonly name = 'ForgetPersons1796300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- HMAC-SHA256 (RFC 2104) with a key of 32 bytes: 22 characters of base64url.
      CREATE FUNCTION audit_pseudonym(person_ text, key_ bytea) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT AS $$
        DECLARE
          inner_ bytea := decode(repeat('36', 64), 'hex');
          outer_ bytea := decode(repeat('5c', 64), 'hex');
        BEGIN
          FOR n IN 0..31 LOOP
            inner_ := set_byte(inner_, n, get_byte(inner_, n) # get_byte(key_, n));
            outer_ := set_byte(outer_, n, get_byte(outer_, n) # get_byte(key_, n));
          END LOOP;
          RETURN left(translate(encode(
            sha256(outer_ || sha256(inner_ || convert_to(person_, 'UTF8'))), 'base64'), '+/', '-_'), 22);
        END $$;
      ALTER TABLE audit_person
        ADD pseudonym text NOT NULL GENERATED ALWAYS AS (audit_pseudonym(coalesce(hashed_id, person), key)) STORED;
      CREATE INDEX audit_person_pseudonym ON audit_person (pseudonym);
      DELETE FROM audit_person p WHERE NOT EXISTS (SELECT FROM audit_event e WHERE e.actor_id = p.pseudonym)
        AND NOT EXISTS (SELECT FROM audit_child c WHERE c.child = p.pseudonym);`);
    await runner.query(`
      CREATE FUNCTION forget_persons(ids_ text[]) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = public, pg_temp AS $$
        DECLARE removed integer;
        BEGIN
          IF cardinality(ids_) > 100 THEN RAISE EXCEPTION 'The ids of one person are expected, at most 100.'; END IF;
          PERFORM pg_advisory_xact_lock(hashtextextended('audit persons', 0));
          -- A person whose id changed has a row for each id, with one pseudonym.
          DELETE FROM audit_person WHERE pseudonym IN (SELECT pseudonym FROM audit_person WHERE person = ANY (ids_));
          GET DIAGNOSTICS removed = ROW_COUNT;
          IF removed > 0 THEN RAISE LOG 'Keys of the audit trail that were erased: %', removed; END IF;
          RETURN removed;
        END $$;

      CREATE OR REPLACE FUNCTION remove_audit(chain_ uuid, until_ bigint) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = public, pg_temp AS $$
        DECLARE removed integer; names_ text[];
        BEGIN
          PERFORM set_config('school.retention', 'on', true);
          IF EXISTS (SELECT FROM audit_event WHERE chain = chain_ AND sequence <= until_ AND at > now() - interval '365 days')
          THEN RAISE EXCEPTION 'The audit trail is kept for a year at least.'; END IF;
          IF NOT EXISTS (SELECT FROM audit_closing WHERE chain = chain_ AND sequence = until_)
          THEN RAISE EXCEPTION 'The audit trail is removed up to a signed end only.'; END IF;
          SELECT array_agg(name) INTO names_ FROM (
            SELECT actor_id FROM audit_event WHERE chain = chain_ AND sequence <= until_ AND actor_id IS NOT NULL
            UNION SELECT child FROM audit_child WHERE chain = chain_ AND sequence <= until_) AS removing (name);
          DELETE FROM audit_child WHERE chain = chain_ AND sequence <= until_;
          DELETE FROM audit_event WHERE chain = chain_ AND sequence <= until_;
          GET DIAGNOSTICS removed = ROW_COUNT;
          -- Whoever writes events holds this lock, shared, from reading keys to the end.
          PERFORM pg_advisory_xact_lock(hashtextextended('audit persons', 0));
          DELETE FROM audit_person p WHERE p.pseudonym = ANY (names_)
            AND NOT EXISTS (SELECT FROM audit_event e WHERE e.actor_id = p.pseudonym)
            AND NOT EXISTS (SELECT FROM audit_child c WHERE c.child = p.pseudonym);
          PERFORM set_config('school.retention', '', true);
          RETURN removed;
        END $$;

      REVOKE EXECUTE ON FUNCTION forget_persons FROM PUBLIC;`);
  }

  async down(): Promise<void> {
    throw new Error('Keys that were erased cannot be brought back.');
  }
}
