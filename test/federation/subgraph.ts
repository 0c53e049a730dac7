import {
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  isUnionType,
  Kind,
  type NamedTypeNode,
  type SelectionSetNode,
} from 'graphql';
import { argumentOf, directivesOf, fieldSet, hasDirective, textArgument } from './directives.ts';
import { type Plain, Row, textOf, type World } from './world.ts';

/** An object in a subgraph: what it was given of it, and what its parent provides. */
class Held {
  readonly row: Row;
  readonly given: Plain | null;
  readonly provided: readonly SelectionSetNode[];

  constructor(row: Row, given: Plain | null, provided: readonly SelectionSetNode[]) {
    this.row = row;
    this.given = given;
    this.provided = provided;
  }
}

type Resolvers = Record<string, Record<string, unknown>>;

/**
 * Resolvers of a subgraph that knows no more than its schema says: it finds entities by its own keys, answers external
 * fields only where they are provided, and computes what requires fields from the representation alone. Whatever
 * is asked of it against its schema is an error.
 */
export function subgraphResolvers(name: string, schema: GraphQLSchema, world: () => World): Resolvers {
  const resolvers: Resolvers = {};
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('_')) continue;
    if (isObjectType(type)) {
      resolvers[type.name] = {
        ...fieldResolvers(name, schema, type, world),
        ...referenceResolver(type, world),
      };
    } else if (isInterfaceType(type) || isUnionType(type)) {
      resolvers[type.name] = {
        __resolveType: ({ row }: Held) => row.type,
        ...(isInterfaceType(type) ? referenceResolver(type, world) : {}),
      };
    }
  }
  return resolvers;
}

function fieldResolvers(
  subgraph: string,
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  world: () => World,
): Record<string, unknown> {
  const isRoot = type === schema.getQueryType() || type === schema.getMutationType();
  const names = Object.keys(type.getFields()).filter((name) => !name.startsWith('_'));
  return Object.fromEntries(
    names.map((name) => {
      const field = type.getFields()[name];
      if (field === undefined) throw new Error(name);
      const requires = argumentOf(field, 'requires', 'fields');
      const provides = argumentOf(field, 'provides', 'fields');
      const isExternal = hasDirective(field, 'external') || hasDirective(type, 'external');
      return [
        name,
        (source: Held | undefined, args: Plain, context: { calls?: string[] }) => {
          const at = `${subgraph}: ${type.name}.${name}`;
          const held = isRoot ? new Held(world().root(type.name), null, []) : (source as Held);
          if (world().isOverridden(subgraph, type.name, name)) throw new Error(`${at} is overridden.`);
          if (type === schema.getMutationType()) context.calls?.push(`${name}${textOf(args)}`);
          if (isExternal && !mayAnswer(held, name, world())) throw new Error(`${at} is external.`);
          const inside = providedInside(held, name, world());
          const value =
            requires === undefined
              ? world().value(held.row, name, args)
              : world().value(held.row, name, args, requiredOf(held, requires, at, world()));
          return hold(value, provides === undefined ? inside : [...inside, fieldSet(provides)]);
        },
      ];
    }),
  );
}

/** Whether an external field is a key, was given or is provided by the parent. */
function mayAnswer(held: Held, name: string, world: World): boolean {
  if (world.isKeyField(held.row.type, name)) return true;
  if (held.given !== null && name in held.given) return true;
  return selected(held, name, world).length > 0;
}

function providedInside(held: Held, name: string, world: World): readonly SelectionSetNode[] {
  return selected(held, name, world).flatMap((set) => (set === null ? [] : [set]));
}

/** The selections of a field among what is provided of an object; null for a field without. */
function selected(held: Held, name: string, world: World): readonly (SelectionSetNode | null)[] {
  const within = ({ selections }: SelectionSetNode): (SelectionSetNode | null)[] =>
    selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD)
        return selection.name.value === name ? [selection.selectionSet ?? null] : [];
      if (selection.kind !== Kind.INLINE_FRAGMENT) return [];
      const condition = selection.typeCondition?.name.value;
      return condition === undefined || world.isOfType(held.row, condition)
        ? within(selection.selectionSet)
        : [];
    });
  return held.provided.flatMap(within);
}

function requiredOf(held: Held, fields: string, at: string, world: World): string {
  if (held.given === null) throw new Error(`${at} was asked for without a representation.`);
  return textOf(pickGiven(held.given, fieldSet(fields), at, world));
}

/** What a field set asks for, of a representation. */
function pickGiven(given: Plain, { selections }: SelectionSetNode, at: string, world: World): Plain {
  const found: Record<string, unknown> = {};
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      const { name, selectionSet } = selection;
      if (name.value === '__typename') continue;
      if (!(name.value in given)) throw new Error(`${at}: the representation lacks ${name.value}.`);
      const each = (value: unknown): unknown => {
        if (Array.isArray(value)) return value.map(each);
        return selectionSet && value !== null ? pickGiven(value as Plain, selectionSet, at, world) : value;
      };
      found[name.value] = each(given[name.value]);
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      const type = given.__typename;
      if (typeof type !== 'string') throw new Error(`${at}: the representation lacks a nested __typename.`);
      const condition = (selection.typeCondition as NamedTypeNode).name.value;
      if (world.rowsOf(condition).some((row) => row.type === type))
        Object.assign(found, pickGiven(given, selection.selectionSet, at, world));
    }
  }
  return found;
}

function referenceResolver(
  type: GraphQLObjectType | GraphQLInterfaceType,
  world: () => World,
): Record<string, unknown> {
  const keys = directivesOf(type, 'key');
  if (keys.length === 0) return {};
  const resolvable = keys.filter(
    (key) =>
      !key.arguments?.some(
        (arg) => arg.name.value === 'resolvable' && arg.value.kind === Kind.BOOLEAN && !arg.value.value,
      ),
  );
  return {
    __resolveReference(given: Plain) {
      for (const key of resolvable) {
        const set = fieldSet(textArgument(key, 'fields') ?? '');
        const wanted = keyOf(given, set, world());
        if (wanted === null) continue;
        const row = world()
          .rowsOf(type.name)
          .find((one) => textOf(world().project(one, set)) === wanted);
        if (row === undefined) throw new Error(`No ${type.name} has the key ${wanted}.`);
        return new Held(row, given, []);
      }
      throw new Error(`No key of ${type.name} in ${JSON.stringify(given)}.`);
    },
  };
}

function keyOf(given: Plain, set: SelectionSetNode, world: World): string | null {
  try {
    return textOf(pickGiven(given, set, 'key', world));
  } catch {
    return null;
  }
}

function hold(value: unknown, provided: readonly SelectionSetNode[]): unknown {
  if (Array.isArray(value)) return value.map((item) => hold(item, provided));
  return value instanceof Row ? new Held(value, null, provided) : value;
}
