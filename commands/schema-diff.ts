import '../core/runtime-check.ts';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { buildSchema } from 'graphql';
import { readDatabaseUrl } from '../core/config.ts';
import { runCommand } from '../core/main.ts';
import { projectFile } from '../core/project-root.ts';
import { readManifest } from '../gateway/trusted-operations/manifest.ts';
import { listOperations, nameOf } from '../gateway/trusted-operations/registered-operations.ts';
import { type ClientOperation, compareSchemas, undatedDeprecations } from './contract/compare-schemas.ts';
import { newestRelease, release } from './contract/released.ts';
import { changelogOf, describeComparison } from './contract/report.ts';
import { townEnvironment } from './town-environment.ts';

/**
 * `npm run schema:diff -- [manifest.json …] [--changelog] [--release]`
 *
 * Compares schema/api.graphql with the newest of schema/released and exits with 1 for a breaking change. Operations
 * are those of schema/documents.json, of the given manifests, and those that clients have registered.
 */
await runCommand(async () => {
  const { values, positionals } = parseArgs({
    options: { changelog: { type: 'boolean' }, release: { type: 'boolean' } },
    allowPositionals: true,
  });
  const folder = projectFile('schema', 'released');
  const sdl = await readFile(projectFile('schema', 'api.graphql'), 'utf8');
  const current = buildSchema(sdl);
  const released = await newestRelease(folder);
  if (released === null) {
    if (!values.release) throw new Error('schema/released is empty: npm run schema:diff -- --release');
    return release(folder, await versionOfPackage(), sdl);
  }
  const operations = await allOperations(positionals);
  const comparison = await compareSchemas(buildSchema(released.sdl), current, operations, new Date());
  console.log(values.changelog ? changelogOf(comparison) : describeComparison(comparison, released.version));
  const undated = undatedDeprecations(current);
  if (undated.length > 0)
    console.log(`\nDeprecated without a date in the reason (Since 2026-11-27: …): ${undated.join(', ')}`);
  if (comparison.breaking.length > 0 || undated.length > 0) process.exitCode = 1;
  else if (values.release) await release(folder, await versionOfPackage(), sdl);
});

async function allOperations(manifests: readonly string[]): Promise<readonly ClientOperation[]> {
  const files = [projectFile('schema', 'documents.json'), ...manifests];
  const ofFiles = await Promise.all(
    files.map(async (path, index) =>
      readManifest(await readFile(path, 'utf8')).map((body) => ({
        client: index === 0 ? '' : path,
        name: nameOf(body),
        body,
      })),
    ),
  );
  return [...ofFiles.flat(), ...(await registeredOperations())];
}

/** Those of DATABASE_URL, or of the demo's town while it runs. */
async function registeredOperations(): Promise<readonly ClientOperation[]> {
  try {
    return await listOperations(readDatabaseUrl(townEnvironment(process.env)), null);
  } catch (error) {
    if (process.env.DATABASE_URL) throw error;
    console.log(
      'No town runs and DATABASE_URL is not set: operations that clients have registered are not looked at.',
    );
    return [];
  }
}

async function versionOfPackage(): Promise<string> {
  const { version } = JSON.parse(await readFile(projectFile('package.json'), 'utf8')) as { version: string };
  return version;
}
