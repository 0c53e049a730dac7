import {
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredInputField,
} from 'graphql';

/** Values for arguments that must be given, by the type they have. */
const someValue: Readonly<Record<string, string>> = {
  YearMonth: '"2026-10"',
  Date: '"2026-01-01"',
  SchoolYear: '"2026/2027"',
};

/** The fields of a type that are values, each with what must be given. */
export function leavesOf(type: GraphQLObjectType): string {
  const leaves = Object.values(type.getFields()).filter((field) => isLeafType(getNamedType(field.type)));
  return leaves.map((field) => `${field.name}${argumentsOf(field)}`).join(' ');
}

/** Every way of at most `hops` objects from a type, as the selection that follows it to its end. */
export function waysFrom(
  type: GraphQLObjectType,
  hops: number,
  seen: readonly string[] = [],
): readonly string[] {
  const ways: string[] = [];
  for (const field of Object.values(type.getFields())) {
    const next = getNamedType(field.type);
    // A third visit of one type tells nothing that the second did not.
    if (!isObjectType(next) || seen.filter((name) => name === next.name).length > 1) continue;
    const through = isConnection(next) ? nodeOf(next) : { type: next, open: '', close: '' };
    const open = `${field.name}${argumentsOf(field)} { ${through.open}`;
    const close = `${through.close} }`;
    const leaves = leavesOf(through.type);
    ways.push(`${open} __typename ${leaves} ${close}`);
    if (hops <= 1) continue;
    for (const way of waysFrom(through.type, hops - 1, [...seen, through.type.name]))
      ways.push(`${open} __typename ${leaves.split(' ').includes('id') ? 'id' : ''} ${way} ${close}`);
  }
  return ways;
}

/** Each field at a root as an operation of its own, with the values that it has and with `ids` where it takes them. */
export function rootsOf(
  schema: GraphQLSchema,
  ids: Readonly<Record<string, string>>,
): readonly { readonly query: string; readonly variables: Record<string, unknown> }[] {
  const queries = Object.values(schema.getQueryType()?.getFields() ?? {}).map((field) => {
    const type = getNamedType(field.type);
    const given = argumentsOf(field).replace('id: ""', `id: "${ids[type.name] ?? ''}"`);
    const leaves = isObjectType(type) ? `{ __typename ${leavesOf(type)} }` : '';
    return { query: `{ ${field.name}${given} ${leaves} }`, variables: {} };
  });
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {}).map(({ name, args }) => {
    const input = getNamedType(args[0]?.type) as GraphQLInputObjectType;
    return {
      query: `mutation ($input: ${input.name}!) { ${name}(input: $input) { __typename } }`,
      variables: { input: inputOf(input, ids) },
    };
  });
  return [...queries, ...mutations];
}

/** Every object of an answer that says which type it is and has an id. */
export function entitiesOf(value: unknown): readonly { readonly __typename: string; readonly id: string }[] {
  if (Array.isArray(value)) return value.flatMap(entitiesOf);
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(entitiesOf);
  const { __typename, id } = value as { __typename?: unknown; id?: unknown };
  return typeof __typename === 'string' && typeof id === 'string' ? [{ __typename, id }, ...inner] : inner;
}

export function objectType(schema: GraphQLSchema, name: string): GraphQLObjectType {
  const type = schema.getType(name);
  if (!isObjectType(type)) throw new Error(`${name} is no object type.`);
  return type;
}

function isConnection(type: GraphQLObjectType): boolean {
  return type.getInterfaces().some(({ name }) => name === 'Connection');
}

function nodeOf(connection: GraphQLObjectType) {
  const edge = getNamedType(connection.getFields().edges?.type ?? connection) as GraphQLObjectType;
  const type = getNamedType(edge.getFields().node?.type ?? edge) as GraphQLObjectType;
  return { type, open: 'totalCount edges { cursor node {', close: '} }' };
}

function argumentsOf(field: GraphQLField<unknown, unknown>): string {
  const given = field.args.flatMap(({ name, type, defaultValue }) => {
    if (name === 'first') return ['first: 100'];
    if (!isNonNullType(type) || defaultValue !== undefined) return [];
    return [`${name}: ${someValue[getNamedType(type).name] ?? '""'}`];
  });
  return given.length === 0 ? '' : `(${given.join(', ')})`;
}

/** An input with every field that must be given, and those that `ids` has a value for. */
export function inputOf(
  type: GraphQLInputObjectType,
  ids: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const fields = Object.values(type.getFields()).flatMap((field): [string, unknown][] => {
    const known = ids[field.name];
    if (known !== undefined) return [[field.name, isList(field.type) ? [known] : known]];
    if (!isRequiredInputField(field)) return [];
    return [[field.name, isList(field.type) ? [] : (plainValues[getNamedType(field.type).name] ?? 'x')]];
  });
  return Object.fromEntries(fields);
}

const plainValues: Readonly<Record<string, unknown>> = { Int: 1, EuroCents: 100, Boolean: true };

function isList(type: GraphQLInputType): boolean {
  return isListType(getNullableType(type));
}
