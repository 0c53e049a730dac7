import '../core/runtime-check.ts';
import { readDatabaseUrl } from '../core/config.ts';
import { runMain } from '../core/main.ts';
import { migrate } from '../subgraphs/migrate.ts';

/** `npm run migrate` */
await runMain(async () => {
  const ran = await migrate(readDatabaseUrl(process.env));
  console.log(ran.length === 0 ? 'Nothing to do.' : `Ran ${ran.join(', ')}.`);
  return { close: async () => undefined };
});
