import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keys of entries become text: not every legacy system numbers its entries with integers. */
export class EntryKeysAsText1796150000000 implements MigrationInterface {
  readonly name = 'EntryKeysAsText1796150000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE practice_submission ALTER entry_key TYPE text USING entry_key::text`);
    await runner.query(`ALTER TABLE register_double ALTER entry_key TYPE text USING entry_key::text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE register_double ALTER entry_key TYPE integer USING entry_key::integer`);
    await runner.query(
      `ALTER TABLE practice_submission ALTER entry_key TYPE integer USING entry_key::integer`,
    );
  }
}
