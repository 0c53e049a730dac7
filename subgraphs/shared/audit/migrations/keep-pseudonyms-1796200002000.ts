import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A person whose id changed with ID_SECRET keeps the pseudonym: the row of the new id names the id that it is a hash of. */
export class KeepPseudonyms1796200002000 implements MigrationInterface {
  readonly name = 'KeepPseudonyms1796200002000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE audit_person ADD hashed_id text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE audit_person DROP hashed_id');
  }
}
