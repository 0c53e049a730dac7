import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The first settlement of a debt is an event; a second one of another source is not. */
export class AnnounceSettlements1796000004000 implements MigrationInterface {
  readonly name = 'AnnounceSettlements1796000004000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION announce_settlement() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NOT EXISTS (SELECT FROM settlement s
            WHERE s.iuv = NEW.iuv AND s.creditor = NEW.creditor AND s.id < NEW.id) THEN
            PERFORM announce_event('DEBT_SETTLED', NULL, 'debt/' || NEW.creditor || '/' || NEW.iuv,
              jsonb_build_object('creditor', NEW.creditor, 'iuv', NEW.iuv));
          END IF;
          RETURN NULL;
        END $$;
      CREATE TRIGGER settlement_announced AFTER INSERT ON settlement
        FOR EACH ROW EXECUTE FUNCTION announce_settlement();`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER settlement_announced ON settlement; DROP FUNCTION announce_settlement');
  }
}
