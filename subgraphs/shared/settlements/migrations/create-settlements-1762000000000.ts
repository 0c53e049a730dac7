import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateSettlements1762000000000 implements MigrationInterface {
  readonly name = 'CreateSettlements1762000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE settlement (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        creditor text NOT NULL, iuv text NOT NULL, debtor text,
        amount bigint NOT NULL CHECK (amount > 0), paid_on date,
        source text NOT NULL CHECK (source IN ('RECONCILIATION', 'RECEIPT')), evidence text NOT NULL,
        recorded_at timestamptz NOT NULL, record jsonb NOT NULL,
        UNIQUE (iuv, creditor, source, evidence)
      );
      CREATE INDEX settlement_order ON settlement (creditor, id);
      CREATE INDEX settlement_debtor ON settlement (debtor) WHERE debtor IS NOT NULL;
      CREATE FUNCTION refuse_settlement_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'Settlements are added and never changed or removed.'; END $$;
      CREATE TRIGGER settlement_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON settlement
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_settlement_change();`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE settlement; DROP FUNCTION refuse_settlement_change');
  }
}
