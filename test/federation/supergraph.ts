import { buildSubgraphSchema } from '@apollo/subgraph';
import { composeServices } from '@theguild/federation-composition';
import { buildASTSchema, type GraphQLSchema, isAbstractType, isObjectType, parse } from 'graphql';
import { subgraphResolvers } from './subgraph.ts';
import { type Plain, type Row, textOf, type Values, World } from './world.ts';

/** A supergraph to be tried: subgraphs by name, and what of the world is not made up. */
export interface SupergraphCase {
  readonly name: string;
  /** SDL without the link to federation. */
  readonly subgraphs: Readonly<Record<string, string>>;
  readonly values?: Values;
  /** What the composing library gets wrong in the supergraph: a text and what must stand in its place. */
  readonly repair?: readonly [string, string];
}

export interface Supergraph {
  readonly supergraphSdl: string;
  readonly subgraphs: Readonly<Record<string, GraphQLSchema>>;
  /** The whole graph as one schema without federation: the oracle. */
  readonly merged: GraphQLSchema;
}

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: [
  "@key", "@shareable", "@external", "@requires", "@provides", "@override", "@inaccessible", "@interfaceObject", "@tag"
])\n`;

export function createSupergraph({
  name,
  subgraphs: texts,
  values = {},
  repair = ['', ''],
}: SupergraphCase): Supergraph {
  const services = Object.entries(texts).map(([service, sdl]) => ({
    name: service,
    url: `http://${service}.invalid`,
    typeDefs: parse(link + sdl),
  }));
  const composed = composeServices(services);
  if (composed.supergraphSdl === undefined)
    throw new Error(`${name}: ${composed.errors?.map((error) => error.message).join('\n')}`);
  if (!composed.supergraphSdl.includes(repair[0])) throw new Error(`${name}: nothing is to be repaired.`);
  const supergraphSdl = composed.supergraphSdl.replace(...repair);
  let world: World | undefined;
  const subgraphs = Object.fromEntries(
    services.map(({ name: service, typeDefs }) => {
      const bare = buildSubgraphSchema({ typeDefs });
      const resolvers = subgraphResolvers(service, bare, () => world as World);
      return [service, buildSubgraphSchema({ typeDefs, resolvers: resolvers as never })];
    }),
  );
  const merged = buildASTSchema(composed.publicDocumentNode, { assumeValid: true });
  world = new World({ supergraphSdl, api: merged, subgraphs, values });
  answerFrom(world, merged);
  return { supergraphSdl, subgraphs, merged };
}

function answerFrom(world: World, schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (isAbstractType(type)) type.resolveType = (row: Row) => row.type;
    if (!isObjectType(type)) continue;
    for (const [name, field] of Object.entries(type.getFields())) {
      field.resolve = (row: Row | undefined, args: Plain, context: { calls?: string[] } | undefined) => {
        if (type === schema.getMutationType()) context?.calls?.push(`${name}${textOf(args)}`);
        return world.value(row ?? world.root(type.name), name, args);
      };
    }
  }
}
