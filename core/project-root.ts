import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json, whether the code runs from its source or from `dist/`. */
export function projectRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

/** The absolute path of a file that ships with the project: `projectFile('schema', 'supergraph.graphql')`. */
export function projectFile(...parts: readonly string[]): string {
  return join(projectRoot(), ...parts);
}
