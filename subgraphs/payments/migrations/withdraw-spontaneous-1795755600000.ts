import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A spontaneous payment that nobody paid is withdrawn at GPD after its time; its key and instalments are free again. */
export class WithdrawSpontaneous1795755600000 implements MigrationInterface {
  readonly name = 'WithdrawSpontaneous1795755600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE spontaneous_payment DROP CONSTRAINT spontaneous_payment_state_check,
        ADD CONSTRAINT spontaneous_payment_state_check CHECK (state IN ('RECORDED', 'CREATED', 'DROPPED', 'WITHDRAWN'));
      DROP INDEX spontaneous_payment_request;
      CREATE UNIQUE INDEX spontaneous_payment_request ON spontaneous_payment (request_key)
        WHERE state IN ('RECORDED', 'CREATED');`);
  }

  async down(): Promise<void> {
    throw new Error('A key may have several payments by now: this cannot be undone.');
  }
}
