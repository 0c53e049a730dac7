import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateSettlementInstalments1763500000000 implements MigrationInterface {
  readonly name = 'CreateSettlementInstalments1763500000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Which instalments a settlement pays beside that of its IUV, as after a returned direct debit.
      CREATE TABLE settlement_instalment (
        settlement_id bigint NOT NULL REFERENCES settlement, applicant text NOT NULL,
        year integer NOT NULL, number integer NOT NULL, rata integer NOT NULL, amount bigint NOT NULL CHECK (amount > 0),
        PRIMARY KEY (settlement_id, year, number, rata)
      );
      CREATE INDEX settlement_instalment_applicant ON settlement_instalment (applicant);
      CREATE TRIGGER settlement_instalment_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON settlement_instalment
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_settlement_change();`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE settlement_instalment');
  }
}
