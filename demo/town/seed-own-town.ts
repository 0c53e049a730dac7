import type { Clock } from '../../core/clock.ts';
import { openDatabase } from '../../core/database.ts';
import { entities, migrations } from '../../subgraphs/registry.ts';
import { seedOwn } from './seed-own.ts';
import { keys } from './subjects.ts';

/** The town's rows in our own database: templates, and the draft that Amina suspended. */
export async function seedOwnTown(url: string, clock: Clock): Promise<void> {
  const database = await openDatabase({ url, entities, migrations });
  await seedOwn(database, clock, { childKeys: { yasmine: keys.yasmine } }).finally(() => database.destroy());
}
