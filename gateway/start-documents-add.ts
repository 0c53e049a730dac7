import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { buildSchema } from 'graphql';
import { readDatabaseUrl } from '../core/config.ts';
import { runCommand } from '../core/main.ts';
import { projectFile } from '../core/project-root.ts';
import { townEnvironment } from '../subgraphs/town-environment.ts';
import { addDocuments } from './trusted-documents/add-documents.ts';
import { readManifest } from './trusted-documents/manifest.ts';

/** `npm run documents:add -- <manifest.json>`: registers an integrator's documents. */
await runCommand(async () => {
  const [path, ...more] = process.argv.slice(2);
  if (path === undefined || more.length > 0)
    throw new Error('Name one manifest: npm run documents:add -- <manifest.json>');
  const text = await readFile(path, 'utf8').catch(() => {
    throw new Error(`${path} cannot be read.`);
  });
  const schema = buildSchema(await readFile(projectFile('schema', 'api.graphql'), 'utf8'));
  const databaseUrl = readDatabaseUrl(townEnvironment(process.env));
  const { added, known } = await addDocuments(databaseUrl, schema, readManifest(text), basename(path));
  console.log(`${added} documents added, ${known} were known.`);
});
