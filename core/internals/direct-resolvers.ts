import type { GraphQLFieldResolver } from 'graphql';

type ResolverClass = new () => object;
type Method = (...params: readonly unknown[]) => unknown;

/** type-graphql's metadata of a field's method, kept in one global place for all copies of the library. */
interface FieldMethod {
  readonly target: unknown;
  readonly methodName: string;
  readonly schemaName: string;
  readonly middlewares?: readonly unknown[];
  readonly params?: readonly {
    readonly kind: string;
    readonly index: number;
    readonly propertyName?: string | undefined;
  }[];
  getObjectType?(): unknown;
}
interface Metadata {
  readonly fieldResolvers: readonly FieldMethod[];
  readonly objectTypes: readonly { readonly target: unknown; readonly name: string }[];
}

/**
 * Lets fields call their methods directly if a method takes only its parent and the context.
 *
 * For each call type-graphql sorts the parameters and copies the parent into an instance of its class: a tenth of
 * what the flagship query allocates. Methods with arguments keep type-graphql's own call, and so do all methods if
 * it stores its metadata elsewhere.
 */
export function resolveDirectly(
  map: Record<string, unknown>,
  resolvers: readonly ResolverClass[],
  instanceOf: (resolverClass: ResolverClass) => object,
): void {
  const { TypeGraphQLMetadataStorage: metadata } = globalThis as { TypeGraphQLMetadataStorage?: Metadata };
  for (const method of metadata?.fieldResolvers ?? []) {
    const target = resolvers.find((resolver) => resolver === method.target);
    const typeName = metadata?.objectTypes.find((type) => type.target === method.getObjectType?.())?.name;
    const fields = map[typeName ?? ''] as Record<string, unknown> | undefined;
    if (target === undefined || fields?.[method.schemaName] === undefined) continue;
    const direct = directCall(instanceOf(target), method);
    if (direct !== null) fields[method.schemaName] = direct;
  }
}

/** Null for a method that needs more than its parent and the context. */
function directCall(instance: object, { methodName, middlewares = [], params = [] }: FieldMethod) {
  const kinds = params.toSorted((a, b) => a.index - b.index).map(({ kind }) => kind);
  const isPlain = params.every(({ propertyName }) => propertyName === undefined);
  if (!isPlain || middlewares.length > 0) return null;
  const method = (instance as Record<string, Method>)[methodName]?.bind(instance) as Method;
  const calls: Readonly<Record<string, GraphQLFieldResolver<unknown, unknown>>> = {
    '': () => method(),
    root: (parent) => method(parent),
    context: (_, __, context) => method(context),
    'root context': (parent, _, context) => method(parent, context),
  };
  return calls[kinds.join(' ')] ?? null;
}
