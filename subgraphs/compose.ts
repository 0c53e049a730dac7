import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { isSubgraphName, registry } from './registry.ts';
import type { Subgraph } from './shared/subgraph/create-subgraph.ts';

/** The supergraph of the subgraphs. Errors: every problem of composition, one a line. */
export function composeSupergraph(subgraphs: readonly Pick<Subgraph, 'name' | 'sdl'>[]): string {
  const composed = composeServices(
    subgraphs.map(({ name, sdl }) => ({
      name,
      typeDefs: parse(sdl),
      ...(isSubgraphName(name) ? { url: registry[name].url } : {}),
    })),
  );
  if (composed.supergraphSdl === undefined) {
    throw new Error(
      `The subgraphs do not compose:\n${composed.errors?.map(({ message }) => message).join('\n')}`,
    );
  }
  return composed.supergraphSdl;
}
