import fc from 'fast-check';
import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
} from 'graphql';

/** A random valid operation over a schema: aliases, fragments, arguments, variables, skip and include, unions. */
export interface RandomOperation {
  readonly source: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface Vocabulary {
  /** Values to choose from for an argument of that name. */
  readonly [argument: string]: readonly unknown[];
}

export function randomOperation(
  schema: GraphQLSchema,
  vocabulary: Vocabulary,
): fc.Arbitrary<RandomOperation> {
  // One stream of random numbers drives the whole operation, so that shrinking makes it smaller.
  return fc
    .tuple(fc.infiniteStream(fc.nat(10_000)), fc.record({ t: fc.boolean(), u: fc.boolean() }))
    .map(([stream, flags]) => {
      const next = (below: number) => (stream.next().value ?? 0) % below;
      const write = createWriter(schema, vocabulary, next);
      const root = write.selection(schema.getQueryType() as GraphQLNamedType, 0);
      return {
        source: `query Random($t: Boolean!, $u: Boolean!) ${root}\n${write.fragments()}`,
        variables: flags,
      };
    });
}

function createWriter(schema: GraphQLSchema, vocabulary: Vocabulary, next: (below: number) => number) {
  const fragments: string[] = [];
  const maxDepth = 5;

  const argument = (name: string, type: GraphQLNamedType): string => {
    if (isEnumType(type)) return type.getValues()[next(type.getValues().length)]?.name ?? 'null';
    const values = vocabulary[name] ?? [null];
    return JSON.stringify(values[next(values.length)]);
  };

  const field = (f: GraphQLField<unknown, unknown>, depth: number): string | null => {
    const type = getNamedType(f.type);
    if (isCompositeType(type) && depth >= maxDepth) return null;
    const args = f.args.flatMap((arg) =>
      isNonNullType(arg.type) || next(3) === 0
        ? [`${arg.name}: ${argument(arg.name, getNamedType(arg.type))}`]
        : [],
    );
    const text = args.length === 0 ? '' : `(${args.join(', ')})`;
    // The same field with other arguments must have another name; so has any, now and then.
    const alias = args.length > 0 || next(6) === 0 ? `${f.name}_${next(1_000_000)}: ` : '';
    return `${alias}${f.name}${text}${condition()}${isCompositeType(type) ? ` ${selection(type, depth + 1)}` : ''}`;
  };

  const condition = (): string => {
    const choice = next(14);
    if (choice > 2) return '';
    const value = ['$t', '$u', 'true', 'false'][next(4)];
    return choice === 0
      ? ` @skip(if: ${value})`
      : choice === 1
        ? ` @include(if: ${value})`
        : ` @include(if: ${value}) @skip(if: $u)`;
  };

  const selection = (type: GraphQLNamedType, depth: number): string => {
    // First a field that always stays: an empty answer would prove little, and the specification asks for one.
    const parts: string[] = [`${next(2) === 0 ? '__typename' : `type_${next(1_000)}: __typename`}`];
    const own = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
    for (const f of own) {
      if (next(3) !== 0) continue;
      const written = field(f as GraphQLField<unknown, unknown>, depth);
      if (written !== null) parts.push(written);
    }
    const inside = isAbstractType(type) ? schema.getPossibleTypes(type) : isObjectType(type) ? [type] : [];
    for (const possible of inside) {
      if (depth >= maxDepth || next(isAbstractType(type) ? 2 : 6) !== 0) continue;
      if (next(3) === 0) {
        const name = `F${fragments.length}`;
        const place = fragments.push('') - 1;
        fragments[place] = `fragment ${name} on ${possible.name} ${selection(possible, depth + 1)}`;
        parts.push(`...${name}${condition()}`);
      } else {
        parts.push(`... on ${possible.name}${condition()} ${selection(possible, depth + 1)}`);
      }
    }
    return `{ ${parts.join(' ')} }`;
  };
  return { selection, fragments: () => fragments.join('\n') };
}
