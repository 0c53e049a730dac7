import '../core/runtime-check.ts';
import { parseArgs } from 'node:util';
import { readDatabaseUrl } from '../core/config.ts';
import { runCommand } from '../core/main.ts';
import { describeOperations, listOperations } from '../gateway/trusted-operations/registered-operations.ts';
import { townEnvironment } from './town-environment.ts';

/** `npm run operations:list -- [--client <client id>]`: the registered operations and when each was last used. */
await runCommand(async () => {
  const { values } = parseArgs({ options: { client: { type: 'string' } } });
  const databaseUrl = readDatabaseUrl(townEnvironment(process.env));
  console.log(describeOperations(await listOperations(databaseUrl, values.client ?? null)));
});
