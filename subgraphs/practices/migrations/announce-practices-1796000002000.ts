import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The client that a practice was started through, which receives the changes of its status. */
export class AnnouncePractices1796000002000 implements MigrationInterface {
  readonly name = 'AnnouncePractices1796000002000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE practice ADD COLUMN client text;
      CREATE FUNCTION announce_practice() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          PERFORM announce_event('PRACTICE_STATUS_CHANGED', NEW.client, 'practice/' || NEW.id,
            jsonb_build_object('practiceId', api_id('Practice:O/' || NEW.id)));
          RETURN NULL;
        END $$;
      CREATE TRIGGER practice_announced AFTER UPDATE OF status ON practice FOR EACH ROW
        WHEN (OLD.status IS DISTINCT FROM NEW.status AND NEW.client IS NOT NULL) EXECUTE FUNCTION announce_practice();`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER practice_announced ON practice;
      DROP FUNCTION announce_practice;
      ALTER TABLE practice DROP COLUMN client`);
  }
}
