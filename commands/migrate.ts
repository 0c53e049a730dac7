import '../core/runtime-check.ts';
import { readMigrationConfig } from '../core/config.ts';
import { runMain } from '../core/main.ts';
import { migrate } from '../subgraphs/migrate.ts';

/** `npm run migrate` */
await runMain(async () => {
  const { databaseUrl, serviceRole } = readMigrationConfig(process.env);
  const ran = await migrate(databaseUrl, serviceRole);
  console.log(ran.length === 0 ? 'Nothing to do.' : `Ran ${ran.join(', ')}.`);
  return { close: async () => undefined };
});
