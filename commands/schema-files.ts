import { printSchema } from 'graphql';
import { buildApiSchema } from '../gateway/executor/api-schema.ts';
import { createPlanner } from '../gateway/planner/create-planner.ts';
import { composeSupergraph } from '../subgraphs/compose.ts';
import { createAllSubgraphs } from '../subgraphs/registry.ts';
import { accessDocument } from './access-document.ts';

/** The expected files of `schema/`, and the document of access rules, by path. */
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

function withEnd(text: string): string {
  return `${text.trimEnd()}\n`;
}
