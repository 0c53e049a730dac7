import {
  type ArgumentNode,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** An operation as the planner gets it, and the client's response keys by the names that stand for them. */
export interface Renamed {
  readonly root: OperationDefinitionNode;
  readonly publicKeys: ReadonlyMap<string, string>;
}

/**
 * Replaces the client's response keys and variables by names that neither schema nor planner uses.
 *
 * The planner adds fields to what a client asks for: keys, required fields, aliases and variables of its own. All of
 * them stand beside the client's in one object, so a response key such as `id: firstName` would be read as the key of
 * an entity. Only a field that can mean nothing else keeps its name: one without alias that takes no arguments.
 *
 * `prefix` begins no name of the supergraph: see `privatePrefix`.
 */
export function withPrivateNames(
  operation: OperationDefinitionNode,
  schema: GraphQLSchema,
  prefix: string,
): Renamed {
  const names = new Map<string, string>();
  const publicKeys = new Map<string, string>();
  const nameOf = (node: FieldNode): string => {
    const key = node.alias?.value ?? node.name.value;
    const identity = `${key} ${node.name.value} ${canonical(node.arguments ?? [])}`;
    let name = names.get(identity);
    if (name === undefined) {
      name = `${prefix}${names.size}`;
      names.set(identity, name);
      publicKeys.set(name, key);
    }
    return name;
  };
  const types = new TypeInfo(schema);
  const root = visit(
    operation,
    visitWithTypeInfo(types, {
      Variable: (node) => ({ ...node, name: { ...node.name, value: privateVariable(node.name.value) } }),
      Field(node) {
        const takesArguments = (types.getFieldDef()?.args.length ?? 0) > 0;
        const isRenamed = node.alias !== undefined && node.alias.value !== node.name.value;
        if (!takesArguments && !isRenamed) return undefined;
        // What graphql-js answers of the schema is the answer to the client as it is.
        if (types.getParentType()?.name.startsWith('__')) return undefined;
        return { ...node, alias: { kind: Kind.NAME, value: nameOf(node) } };
      },
    }),
  );
  return { root, publicKeys };
}

/** A variable of the client as the planner knows it, which has variables such as `representations` of its own. */
const privateVariable = (name: string) => `v_${name}`;

/** The values of the client's variables by those names. */
export function privateVariables(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const named: Record<string, unknown> = {};
  for (const name in values) named[privateVariable(name)] = values[name];
  return named;
}

/** What private response keys begin with: a word that begins no name of the supergraph. */
export function privatePrefix(supergraphSdl: string): string {
  let prefix = 'k';
  while (new RegExp(`\\b${prefix}\\d`).test(supergraphSdl)) prefix += '_';
  return prefix;
}

/** The same text for the same arguments, whatever their order. */
function canonical(args: readonly ArgumentNode[]): string {
  const texts = args.map((arg) =>
    print(
      visit(arg, {
        ObjectValue: {
          leave: (node) => ({ ...node, fields: [...node.fields].sort(byName) }),
        },
      }),
    ),
  );
  return texts.sort().join();
}

function byName(a: { readonly name: { readonly value: string } }, b: typeof a): number {
  return a.name.value < b.name.value ? -1 : 1;
}
