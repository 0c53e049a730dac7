import '../core/runtime-check.ts';
import { readDatabaseUrl } from '../core/config.ts';
import { openDatabase } from '../core/database.ts';
import { runCommand } from '../core/main.ts';
import { listRestrictions } from '../subgraphs/retention/subjects/restrict-subject.ts';
import { restrictionLine } from './run-subject.ts';
import { townEnvironment } from './town-environment.ts';

/** `npm run subject:restrictions`: the persons whose data is restricted. */
await runCommand(async () => {
  const url = readDatabaseUrl(townEnvironment(process.env));
  const database = await openDatabase({ url, entities: [], migrations: [] });
  try {
    const restrictions = await listRestrictions({ database });
    for (const restriction of restrictions) console.log(restrictionLine(restriction));
    console.log(`${restrictions.length} persons.`);
  } finally {
    await database.destroy();
  }
});
