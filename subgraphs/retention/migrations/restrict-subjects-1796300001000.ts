import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Persons whose data is kept and not used (GDPR art. 18). Functions answer for tables of other domains: who is restricted,
 * which objects of webhooks are about them, and under which pseudonyms the audit trail has them.
 */
export class RestrictSubjects1796300001000 implements MigrationInterface {
  readonly name = 'RestrictSubjects1796300001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE subject_restriction (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, person text NOT NULL,
        -- Opaque ids by which the audit trail knows the person, as a child too.
        person_ids text[] NOT NULL, since timestamptz NOT NULL, reference text NOT NULL, lifted_at timestamptz
      );
      CREATE UNIQUE INDEX subject_restriction_open ON subject_restriction (person) WHERE lifted_at IS NULL;

      CREATE FUNCTION is_restricted(codes_ text[]) RETURNS boolean LANGUAGE sql STABLE AS $$
        SELECT EXISTS (SELECT FROM subject_restriction WHERE person = ANY (codes_) AND lifted_at IS NULL)
      $$;

      -- Shape: practice/<uuid>, session/<id>, debt/<creditor>/<iuv>.
      CREATE FUNCTION is_restricted_object(object_ text) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
        DECLARE
          kind_ text := split_part(object_, '/', 1);
          key_ text := split_part(object_, '/', 2);
          codes_ text[];
        BEGIN
          IF NOT EXISTS (SELECT FROM subject_restriction WHERE lifted_at IS NULL) THEN RETURN false; END IF;
          IF kind_ = 'practice' THEN
            SELECT ARRAY[applicant, child->>'codiceFiscale'] INTO codes_ FROM practice WHERE id = key_::uuid;
          ELSIF kind_ = 'session' THEN
            SELECT array_agg(debtor) || (SELECT owner FROM payment_session WHERE id = key_) INTO codes_
            FROM payment_session_item WHERE session_id = key_;
          ELSIF kind_ = 'debt' THEN
            SELECT array_agg(code) INTO codes_ FROM (
              SELECT debtor FROM settlement WHERE creditor = key_ AND iuv = split_part(object_, '/', 3)
              UNION SELECT unnest(ARRAY[debtor, payer]) FROM payment_receipt
                WHERE creditor = key_ AND iuv = split_part(object_, '/', 3)) AS persons (code);
          END IF;
          RETURN is_restricted(codes_);
        END $$;

      CREATE FUNCTION restricted_pseudonyms() RETURNS text[] LANGUAGE sql STABLE AS $$
        SELECT coalesce(array_agg(p.pseudonym), '{}') FROM subject_restriction r
          JOIN audit_person p ON p.person = ANY (r.person_ids) WHERE r.lifted_at IS NULL
      $$;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION restricted_pseudonyms, is_restricted_object, is_restricted;
      DROP TABLE subject_restriction`);
  }
}
