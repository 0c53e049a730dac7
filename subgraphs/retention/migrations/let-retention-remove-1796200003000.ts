import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Lets what is over be removed from tables that refuse changes: only through the functions below, which belong to the
 * owner of the tables and refuse rows that are younger than any period may be. A program that was taken over can
 * remove old rows by them, and still neither change a row nor remove a recent one.
 */
export class LetRetentionRemove1796200003000 implements MigrationInterface {
  readonly name = 'LetRetentionRemove1796200003000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The end of a chain's removed part, signed with a key of AUDIT_SECRETS.
      CREATE TABLE audit_closing (
        chain uuid PRIMARY KEY, sequence bigint NOT NULL, hash text NOT NULL CHECK (length(hash) = 64),
        -- The key that the chain is hashed with; null for chains of before there were keys.
        chain_key text, signing_key text NOT NULL, signature text NOT NULL, closed_at timestamptz NOT NULL
      );

      -- The functions set this for themselves; the setting alone, without the owner's rights, opens nothing.
      CREATE FUNCTION is_retention(table_ oid) RETURNS boolean LANGUAGE sql STABLE AS $$
        SELECT coalesce(current_setting('school.retention', true), '') = 'on'
          AND current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = table_)
      $$;`);
    await runner.query(`
      CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'DELETE' AND is_retention(TG_RELID) THEN RETURN NULL; END IF;
          RAISE EXCEPTION 'What was recorded is never changed or removed.';
        END $$;
      CREATE OR REPLACE FUNCTION refuse_settlement_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'DELETE' AND is_retention(TG_RELID) THEN RETURN NULL; END IF;
          RAISE EXCEPTION 'Settlements are added and never changed or removed.';
        END $$;
      CREATE OR REPLACE FUNCTION refuse_receipt_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'DELETE' AND is_retention(TG_RELID) THEN RETURN NULL; END IF;
          RAISE EXCEPTION 'Receipts are added and never changed or removed.';
        END $$;
      -- Before the triggers that keep sessions and submissions: what passes here is removed without them.
      CREATE FUNCTION keep_unless_retention() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF is_retention(TG_RELID) THEN RETURN OLD; END IF;
          RAISE EXCEPTION 'What was filed or paid is kept.';
        END $$;
      DROP TRIGGER practice_submission_kept ON practice_submission;
      CREATE TRIGGER practice_submission_kept BEFORE UPDATE ON practice_submission
        FOR EACH ROW EXECUTE FUNCTION refuse_submission_change();
      CREATE TRIGGER practice_submission_not_removed BEFORE DELETE ON practice_submission
        FOR EACH ROW EXECUTE FUNCTION keep_unless_retention();
      DROP TRIGGER payment_session_kept ON payment_session;
      CREATE TRIGGER payment_session_kept BEFORE UPDATE ON payment_session
        FOR EACH ROW EXECUTE FUNCTION keep_payment_session();
      CREATE TRIGGER payment_session_not_removed BEFORE DELETE ON payment_session
        FOR EACH ROW EXECUTE FUNCTION keep_unless_retention();
      DROP TRIGGER payment_session_item_kept ON payment_session_item;
      CREATE TRIGGER payment_session_item_kept BEFORE UPDATE ON payment_session_item
        FOR EACH ROW EXECUTE FUNCTION keep_payment_session_item();
      CREATE TRIGGER payment_session_item_not_removed BEFORE DELETE ON payment_session_item
        FOR EACH ROW EXECUTE FUNCTION keep_unless_retention();`);
    await runner.query(`
      CREATE FUNCTION remove_filed(ids_ uuid[]) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = public, pg_temp AS $$
        DECLARE files_ uuid[]; removed integer;
        BEGIN
          PERFORM set_config('school.retention', 'on', true);
          IF EXISTS (SELECT FROM practice p WHERE p.id = ANY (ids_) AND (p.status = 'DRAFT' OR p.updated_at > now() - interval '90 days'
              OR EXISTS (SELECT FROM practice_submission s WHERE s.practice_id = p.id AND s.completed_at IS NULL)))
          THEN RAISE EXCEPTION 'An application is kept until it is registered, and for 90 days at least.'; END IF;
          SELECT array_agg(id) INTO files_ FROM (
            SELECT a.file_id AS id FROM practice_attachment a WHERE a.practice_id = ANY (ids_) AND a.file_id IS NOT NULL
            UNION SELECT f.file_id FROM practice_submission_file f JOIN practice_submission s ON s.id = f.submission_id
              WHERE s.practice_id = ANY (ids_)
            UNION SELECT s.summary_file_id FROM practice_submission s
              WHERE s.practice_id = ANY (ids_) AND s.summary_file_id IS NOT NULL) AS files;
          DELETE FROM practice_attachment WHERE practice_id = ANY (ids_);
          DELETE FROM practice_submission_file f USING practice_submission s
            WHERE f.submission_id = s.id AND s.practice_id = ANY (ids_);
          DELETE FROM register_double d USING practice_submission s
            WHERE d.submission_id = s.id AND s.practice_id = ANY (ids_);
          DELETE FROM practice_submission WHERE practice_id = ANY (ids_);
          DELETE FROM practice_integration_request WHERE practice_id = ANY (ids_);
          DELETE FROM practice_follow WHERE practice_id = ANY (ids_);
          DELETE FROM practice_event WHERE practice_id = ANY (ids_);
          DELETE FROM practice WHERE id = ANY (ids_);
          GET DIAGNOSTICS removed = ROW_COUNT;
          DELETE FROM stored_file_chunk WHERE file_id = ANY (files_);
          DELETE FROM stored_file WHERE id = ANY (files_);
          PERFORM set_config('school.retention', '', true);
          RETURN removed;
        END $$;

      CREATE FUNCTION remove_sessions(ids_ text[]) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = public, pg_temp AS $$
        DECLARE removed integer;
        BEGIN
          PERFORM set_config('school.retention', 'on', true);
          IF EXISTS (SELECT FROM payment_session s WHERE s.id = ANY (ids_)
              AND (s.state = 'STARTED' OR s.ended_at > now() - interval '90 days'))
            OR EXISTS (SELECT FROM payment_session_item i JOIN payment_session s ON s.id = i.session_id
              WHERE s.id = ANY (ids_) AND i.receipt_id IS NOT NULL AND s.ended_at > now() - interval '1826 days')
          THEN RAISE EXCEPTION 'A session is kept for 90 days after its end, and for five years if it was paid.'; END IF;
          DELETE FROM payment_session_item WHERE session_id = ANY (ids_);
          DELETE FROM payment_session WHERE id = ANY (ids_);
          GET DIAGNOSTICS removed = ROW_COUNT;
          PERFORM set_config('school.retention', '', true);
          RETURN removed;
        END $$;

      CREATE FUNCTION remove_money(creditor_ text, iuvs_ text[]) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = public, pg_temp AS $$
        DECLARE removed integer;
        BEGIN
          PERFORM set_config('school.retention', 'on', true);
          IF EXISTS (SELECT FROM settlement WHERE creditor = creditor_ AND iuv = ANY (iuvs_)
              AND recorded_at > now() - interval '1826 days')
            OR EXISTS (SELECT FROM payment_receipt WHERE creditor = creditor_ AND iuv = ANY (iuvs_)
              AND received_at > now() - interval '1826 days')
          THEN RAISE EXCEPTION 'Receipts and settlements are kept for five years at least.'; END IF;
          DELETE FROM payment_receipt WHERE creditor = creditor_ AND iuv = ANY (iuvs_);
          DELETE FROM settlement WHERE creditor = creditor_ AND iuv = ANY (iuvs_);
          GET DIAGNOSTICS removed = ROW_COUNT;
          PERFORM set_config('school.retention', '', true);
          RETURN removed;
        END $$;

      CREATE FUNCTION remove_audit(chain_ uuid, until_ bigint) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = public, pg_temp AS $$
        DECLARE removed integer;
        BEGIN
          PERFORM set_config('school.retention', 'on', true);
          IF EXISTS (SELECT FROM audit_event WHERE chain = chain_ AND sequence <= until_ AND at > now() - interval '365 days')
          THEN RAISE EXCEPTION 'The audit trail is kept for a year at least.'; END IF;
          IF NOT EXISTS (SELECT FROM audit_closing WHERE chain = chain_ AND sequence = until_)
          THEN RAISE EXCEPTION 'The audit trail is removed up to a signed end only.'; END IF;
          DELETE FROM audit_child WHERE chain = chain_ AND sequence <= until_;
          DELETE FROM audit_event WHERE chain = chain_ AND sequence <= until_;
          GET DIAGNOSTICS removed = ROW_COUNT;
          PERFORM set_config('school.retention', '', true);
          RETURN removed;
        END $$;

      -- Everybody may run a function by default; migrate lets the role of our programs run these.
      REVOKE EXECUTE ON FUNCTION remove_filed, remove_sessions, remove_money, remove_audit FROM PUBLIC;`);
  }

  async down(): Promise<void> {
    throw new Error('What retention removed cannot be brought back.');
  }
}
