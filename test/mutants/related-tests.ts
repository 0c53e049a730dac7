import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** The test files that folders, files and beginnings of file names stand for, from the root. */
export function testFilesOf(tests: readonly string[]): readonly string[] {
  const files = tests.flatMap((test) => {
    if (existsSync(test) && statSync(test).isDirectory()) return filesIn(test);
    const folder = dirname(test);
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .filter((name) => name.startsWith(basename(test)))
      .map((name) => join(folder, name));
  });
  return [...new Set(files.filter((file) => file.endsWith('.test.ts')))];
}

export function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name))
    .sort();
}

/** How many imports away a file is, for each file that a test file imports, directly or not. */
export function importsOf(test: string): ReadonlyMap<string, number> {
  const found = new Map([[test, 0]]);
  for (const [file, distance] of found) {
    for (const target of directImportsOf(file)) if (!found.has(target)) found.set(target, distance + 1);
  }
  return found;
}

const known = new Map<string, readonly string[]>();

function directImportsOf(file: string): readonly string[] {
  let imports = known.get(file);
  if (imports === undefined) {
    const text = readFileSync(file, 'utf8');
    imports = [...text.matchAll(/\b(?:from|import\(?|URL\()\s*'(\.[^']*\.ts)'/g)]
      .map(([, path]) => join(dirname(file), path as string))
      .filter(existsSync);
    known.set(file, imports);
  }
  return imports;
}
