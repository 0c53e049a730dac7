import '../core/runtime-check.ts';
import { readFileKeysConfig } from '../core/config.ts';
import { openDatabase } from '../core/database.ts';
import { createFileKeys } from '../core/file-keys.ts';
import { runCommand } from '../core/main.ts';
import { entities } from '../subgraphs/registry.ts';
import { rotateFiles } from '../subgraphs/rotate-files.ts';
import { townEnvironment } from './town-environment.ts';

const mostLines = 100;

/** `npm run files:rotate`: encrypts stored files and secrets with the first key of `FILE_KEYS`. Exits with 1 if a row could not be. */
await runCommand(async () => {
  const { databaseUrl, fileKeys } = readFileKeysConfig(townEnvironment(process.env));
  const keys = createFileKeys(fileKeys);
  const database = await openDatabase({
    url: databaseUrl,
    entities,
    migrations: [],
    statementTimeoutMs: 60_000,
  });
  try {
    const { chunks, secrets, faults } = await rotateFiles(database, keys);
    console.log(`Encrypted with ${keys.ids[0]}: ${chunks} chunks of files, ${secrets} secrets of webhooks.`);
    for (const fault of faults.slice(0, mostLines)) console.log(fault);
    if (faults.length > mostLines) console.log(`and ${faults.length - mostLines} more`);
    if (faults.length > 0) process.exitCode = 1;
    else if (keys.ids.length > 1) console.log(`Nothing needs ${keys.ids.slice(1).join(', ')} any more.`);
  } finally {
    await database.destroy();
  }
});
