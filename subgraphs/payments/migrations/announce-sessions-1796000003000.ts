import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The client that a session was started through, which receives its end. */
export class AnnounceSessions1796000003000 implements MigrationInterface {
  readonly name = 'AnnounceSessions1796000003000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE payment_session ADD COLUMN client text;
      CREATE FUNCTION announce_session() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          PERFORM announce_event('PAYMENT_SESSION_ENDED', NEW.client, 'session/' || NEW.id,
            jsonb_build_object('paymentSessionId', NEW.id));
          RETURN NULL;
        END $$;
      CREATE TRIGGER payment_session_announced AFTER UPDATE OF state ON payment_session FOR EACH ROW
        WHEN (OLD.state IS DISTINCT FROM NEW.state AND NEW.client IS NOT NULL) EXECUTE FUNCTION announce_session();`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER payment_session_announced ON payment_session;
      DROP FUNCTION announce_session;
      ALTER TABLE payment_session DROP COLUMN client`);
  }
}
