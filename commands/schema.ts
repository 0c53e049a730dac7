import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { printSchema } from 'graphql';
import { projectFile } from '../core/project-root.ts';
import { buildApiSchema } from '../gateway/executor/api-schema.ts';
import { createPlanner } from '../gateway/planner/create-planner.ts';
import { composeSupergraph } from '../subgraphs/compose.ts';
import { createAllSubgraphs } from '../subgraphs/registry.ts';
import { accessDocument } from './access-document.ts';

/** The files of `schema/` as they should be, and the document of access rules, by path. */
export async function schemaFiles(): Promise<Readonly<Record<string, string>>> {
  const subgraphs = await createAllSubgraphs();
  const supergraph = composeSupergraph(subgraphs);
  return {
    ...Object.fromEntries(subgraphs.map(({ name, sdl }) => [`schema/${name}.graphql`, withEnd(sdl)])),
    'schema/supergraph.graphql': withEnd(supergraph),
    'schema/api.graphql': withEnd(printSchema(buildApiSchema(createPlanner(supergraph).apiSdl))),
    'docs/access.md': withEnd(accessDocument(subgraphs)),
  };
}

/** `npm run schema` writes them; with `--check` it says which are stale. */
async function main(isCheck: boolean): Promise<void> {
  await mkdir(projectFile('schema'), { recursive: true });
  for (const [name, text] of Object.entries(await schemaFiles())) {
    const path = projectFile(name);
    if (!isCheck) await writeFile(path, text);
    else if ((await readFile(path, 'utf8').catch(() => '')) !== text) {
      console.error(`${name} is stale: run npm run schema.`);
      process.exitCode = 1;
    }
  }
}

function withEnd(text: string): string {
  return `${text.trimEnd()}\n`;
}

if (process.argv[1]?.endsWith('write-schema.js')) await main(process.argv.includes('--check'));
