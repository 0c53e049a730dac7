import 'reflect-metadata';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import {
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isObjectType,
  parse,
  print,
} from 'graphql';
import { buildSchema, createResolversMap, type NonEmptyArray } from 'type-graphql';
import { toPublicError } from '../../../core/errors.ts';
import { resolveDirectly } from '../../../core/internals/direct-resolvers.ts';
import { isDatabaseGone } from '../../../core/resilience/database-problem.ts';
import { isIncomplete, reportIncomplete } from '../../../core/unreadable.ts';
import { enforceRules, type ResolveReference } from '../access/enforce-rules.ts';
import { accessDirective, nameRules } from '../access/name-rules.ts';
import type { AccessMap } from '../access/rules.ts';
import type { DocumentSource } from '../documents/document-source.ts';
import type { RequestContext } from '../request-context.ts';
import { scalars } from '../scalars.ts';
import type { UploadSink } from '../uploads/upload-sink.ts';
import { answerEntities } from './entities.ts';

/** One domain's part of the graph. */
export interface Subgraph {
  readonly name: string;
  readonly schema: GraphQLSchema;
  readonly sdl: string;
  readonly access: AccessMap;
  /** The documents under `/documents/<name>/`, by the kind that grants carry. */
  readonly documents: Readonly<Record<string, DocumentSource>>;
  /** The uploads under `/uploads/<name>/`, by the kind that grants carry. */
  readonly uploads: Readonly<Record<string, UploadSink>>;
}

export interface SubgraphDefinition {
  readonly name: string;
  readonly resolvers: NonEmptyArray<new () => object>;
  /** Types that no field of this subgraph mentions, entities of other domains above all. */
  readonly orphanedTypes: readonly (new () => object)[];
  /** Answer an entity that another subgraph points to; null if the caller may not see it. */
  readonly references: Readonly<Record<string, ResolveReference>>;
  /** The access rules: a type or field without a rule fails the build of the subgraph. */
  readonly access: AccessMap;
  readonly documents?: Readonly<Record<string, DocumentSource>>;
  readonly uploads?: Readonly<Record<string, UploadSink>>;
}

const federation =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])\n\n';

const aboutQuery = '"""Everything that can be read. What needs another system to answer is nullable."""\n';
const aboutMutation =
  '"""Everything that can be done. A foreseeable refusal is one of the results; every mutation may be repeated without harm."""\n';

/** Builds a domain's classes into a federation subgraph. */
export async function createSubgraph({
  name,
  resolvers,
  orphanedTypes,
  references,
  access,
  documents = {},
  uploads = {},
}: SubgraphDefinition): Promise<Subgraph> {
  const plain = await buildSchema({
    resolvers,
    orphanedTypes: [...orphanedTypes],
    scalarsMap: [],
    validate: false,
    // `schema --check` and buildSubgraphSchema check what this would query at each start.
    skipCheck: true,
    container: { get: (type: new () => object) => instanceOf(type) },
  });
  const sdl = describe(printSchemaWithDirectives(plain), access);
  const map = createResolversMap(plain);
  resolveDirectly(map, resolvers, instanceOf);
  for (const scalar of scalars) if (plain.getType(scalar.name)) map[scalar.name] = scalar;
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: map as never }]);
  const guarded = enforceRules(schema, access, references);
  answerEntities(
    schema,
    Object.fromEntries(
      Object.entries(guarded).map(([type, resolve]) => [
        type,
        // As the resolver of a field: each entity of a list fails by itself.
        masked((reference, _, context) => resolve(reference as { id: string }, context)),
      ]),
    ),
  );
  maskErrors(schema);
  return { name, schema, sdl, access, documents, uploads };
}

/** The text of the schema with what federation, readers and auditors want to find in it. */
function describe(text: string, access: AccessMap): string {
  const described = text.replace(
    /^type (Query|Mutation) \{/gm,
    (line, name) => `${name === 'Query' ? aboutQuery : aboutMutation}${line}`,
  );
  return federation + accessDirective + print(nameRules(parse(described), access));
}

const instances = new Map<new () => object, object>();

/** Resolvers hold no state, so one of each does for all requests. */
function instanceOf(type: new () => object): object {
  const known = instances.get(type) ?? new type();
  instances.set(type, known);
  return known;
}

/**
 * The only place that turns an error into its public form.
 *
 * graphql-jit loses message and path of anything but GraphQL errors, so every resolver throws these.
 */
function maskErrors(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.resolve) field.resolve = masked(field.resolve);
    }
  }
}

function pathOf({ path }: GraphQLResolveInfo): readonly (string | number)[] {
  const keys: (string | number)[] = [];
  for (let step: typeof path | undefined = path; step !== undefined; step = step.prev) keys.unshift(step.key);
  return keys;
}

function masked(
  resolve: GraphQLFieldResolver<unknown, RequestContext>,
): GraphQLFieldResolver<unknown, RequestContext> {
  const fail = (error: unknown, context: RequestContext): never => {
    const told = toPublicError(error);
    if (told.extensions.code === 'INTERNAL_SERVER_ERROR' || isDatabaseGone(error))
      context.log.error('resolver.failed', { error });
    throw told;
  };
  const told = <Result>(result: Result, info: GraphQLResolveInfo): Result => {
    if (isIncomplete(result)) reportIncomplete(pathOf(info));
    return result;
  };
  return (source, args, context, info) => {
    try {
      const result = resolve(source, args, context, info);
      if (!(result instanceof Promise)) return told(result, info);
      return result.then(
        (value) => told(value, info),
        (error: unknown) => fail(error, context),
      );
    } catch (error) {
      return fail(error, context);
    }
  };
}
