import '../core/runtime-check.ts';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { buildSchema } from 'graphql';
import { readDatabaseUrl } from '../core/config.ts';
import { runCommand } from '../core/main.ts';
import { projectFile } from '../core/project-root.ts';
import { addOperations } from '../gateway/trusted-operations/add-operations.ts';
import { readManifest } from '../gateway/trusted-operations/manifest.ts';
import { townEnvironment } from './town-environment.ts';

/** `npm run operations:add -- [--client <client id>] <manifest.json>`: registers an integrator's operations. */
await runCommand(async () => {
  const { values, positionals } = parseArgs({
    options: { client: { type: 'string', default: '' } },
    allowPositionals: true,
  });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0)
    throw new Error('Name one manifest: npm run operations:add -- [--client <client id>] <manifest.json>');
  const text = await readFile(path, 'utf8').catch(() => {
    throw new Error(`${path} cannot be read.`);
  });
  const schema = buildSchema(await readFile(projectFile('schema', 'api.graphql'), 'utf8'));
  const databaseUrl = readDatabaseUrl(townEnvironment(process.env));
  const { added, known } = await addOperations(databaseUrl, schema, readManifest(text), {
    source: basename(path),
    client: values.client,
  });
  console.log(`${added} documents added, ${known} were known.`);
});
