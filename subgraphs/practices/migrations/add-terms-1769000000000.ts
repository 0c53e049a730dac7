import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The term within which the office decides: part of a revision, so that a practice keeps the one it was filed under. */
export class AddTerms1769000000000 implements MigrationInterface {
  readonly name = 'AddTerms1769000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE practice_form ADD decided_within_days integer`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE practice_form DROP decided_within_days`);
  }
}
