import '../core/runtime-check.ts';
import { parseArgs } from 'node:util';
import { readDatabaseUrl } from '../core/config.ts';
import { runCommand } from '../core/main.ts';
import { describeOperations, removeOperations } from '../gateway/trusted-operations/registered-operations.ts';
import { townEnvironment } from './town-environment.ts';

/** `npm run operations:remove -- [--client <client id>] (--all | <operation or hash>…)` */
await runCommand(async () => {
  const { values, positionals } = parseArgs({
    options: { client: { type: 'string', default: '' }, all: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  if (values.all === positionals.length > 0)
    throw new Error(
      'Name the documents: npm run operations:remove -- [--client <client id>] (--all | <operation or hash>…)',
    );
  const databaseUrl = readDatabaseUrl(townEnvironment(process.env));
  const removed = await removeOperations(databaseUrl, values.client, values.all ? 'all' : positionals);
  console.log(`${removed.length} documents removed:\n${describeOperations(removed)}`);
});
