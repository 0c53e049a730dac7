import '../core/runtime-check.ts';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { projectFile } from '../core/project-root.ts';
import { schemaFiles } from './schema-files.ts';

// `npm run schema` writes the generated files; with `--check` it names stale ones and exits with 1.

const isCheck = process.argv.includes('--check');
await mkdir(projectFile('schema'), { recursive: true });
for (const [name, text] of Object.entries(await schemaFiles())) {
  const path = projectFile(name);
  if (!isCheck) await writeFile(path, text);
  else if ((await readFile(path, 'utf8').catch(() => '')) !== text) {
    console.error(`${name} is stale: run npm run schema.`);
    process.exitCode = 1;
  }
}
