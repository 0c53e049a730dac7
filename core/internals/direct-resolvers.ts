import type { GraphQLFieldResolver } from 'graphql';

type ResolverClass = new () => object;
type Method = (...params: readonly unknown[]) => unknown;

/** What type-graphql keeps of a field's method. It is in one global place, so that several copies of it share it. */
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
 * Lets fields call their methods without a detour, where a method takes nothing but its parent and the scope.
 *
 * For each call type-graphql sorts the method's parameters and copies the parent into an instance of its class: of what
 * the flagship allocates that was a tenth. Methods that have arguments stay with it, and so does everything should it
 * keep its metadata elsewhere one day.
 */
export function resolveDirectly(
  map: Record<string, unknown>,
  resolvers: readonly ResolverClass[],
  instanceOf: (of: ResolverClass) => object,
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

/** Null for a method that wants more than its parent and the scope. */
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
