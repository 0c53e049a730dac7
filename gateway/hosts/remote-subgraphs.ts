import { parse, valueFromASTUntyped } from 'graphql';

/**
 * The subgraphs of a supergraph with the addresses written in it.
 *
 * Shape: `{ 'school-billing': 'http://127.0.0.1:4003/graphql' }`. Source: the join specification, `@join__graph`.
 */
export function subgraphUrlsOf(supergraphSdl: string): Readonly<Record<string, string>> {
  const urls: Record<string, string> = {};
  for (const definition of parse(supergraphSdl, { noLocation: true }).definitions) {
    if (definition.kind !== 'EnumTypeDefinition' || definition.name.value !== 'join__Graph') continue;
    for (const { directives = [] } of definition.values ?? []) {
      const graph = directives.find(({ name }) => name.value === 'join__graph');
      const given = Object.fromEntries(
        (graph?.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)]),
      );
      if (typeof given.name === 'string') urls[given.name] = String(given.url ?? '');
    }
  }
  return urls;
}
