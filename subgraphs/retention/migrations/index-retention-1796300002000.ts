import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lets each step of retention find its rows by an index: by time, and by what the rule asks of them. */
export class IndexRetention1796300002000 implements MigrationInterface {
  readonly name = 'IndexRetention1796300002000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX practice_draft_time ON practice (updated_at) WHERE status = 'DRAFT';
      CREATE INDEX practice_filed_time ON practice (updated_at) WHERE status <> 'DRAFT';
      CREATE INDEX practice_template_time ON practice (template_id, updated_at);
      CREATE INDEX practice_attachment_time ON practice_attachment (created_at);
      CREATE INDEX register_sender_time ON register_sender (attempted_at);
      CREATE INDEX payment_session_ended ON payment_session (state, ended_at);
      CREATE INDEX spontaneous_payment_time ON spontaneous_payment (state, created_at);
      CREATE INDEX payment_activation_time ON payment_activation (locked_until);
      CREATE INDEX settlement_time ON settlement (recorded_at, creditor, iuv);
      CREATE INDEX payment_receipt_time ON payment_receipt (received_at, creditor, iuv);`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX practice_draft_time, practice_filed_time, practice_template_time, practice_attachment_time,
        register_sender_time, payment_session_ended, spontaneous_payment_time, payment_activation_time, settlement_time,
        payment_receipt_time`);
  }
}
