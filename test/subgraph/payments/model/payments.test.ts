import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { openDatabase } from '../../../../core/database.ts';
import { entities, migrations } from '../../../../subgraphs/registry.ts';
import { copyOfMigrated } from '../../../support/migrated-database.ts';
import { commands, World } from '../../../support/payments-model.ts';

/** `npm run soak` asks for thousands. */
const runs = Number(process.env.PAYMENT_RUNS ?? 15);

let database: DataSource;
beforeAll(async () => {
  database = await openDatabase({ url: await copyOfMigrated(), entities, migrations });
});
afterAll(() => database.destroy());

it(
  `settles every debt once and loses no money, whatever happens in whatever order (${runs} runs)`,
  async () => {
    let steps = 0;
    await fc.assert(
      fc.asyncProperty(commands, async (all) => {
        const world = new World(database);
        await fc.asyncModelRun(() => ({ model: {}, real: world }), all);
        await world.checkEnd();
        steps += [...all].length;
      }),
      { numRuns: runs, endOnFailure: false },
    );
    expect(steps).toBeGreaterThan(runs);
  },
  120_000 + runs * 2_000,
);
