import {
  type ArgumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  Kind,
  print,
  type VariableDefinitionNode,
  type VariableNode,
  visit,
} from 'graphql';

/**
 * Names that neither schema nor planner uses, in place of a client's response keys and variables.
 *
 * The planner adds fields to what a client asks for: keys, required fields, aliases and variables of its own. All of
 * them stand beside the client's in one object, so a response key such as `id: firstName` would be read as the key of
 * an entity. Only a field that can mean nothing else keeps its name: one without alias that takes no arguments.
 */
export interface PrivateNames {
  /** The client's response keys by the names that stand for them. */
  readonly publicKeys: ReadonlyMap<string, string>;
  field(
    node: FieldNode,
    parent: GraphQLCompositeType,
    field: GraphQLField<unknown, unknown> | undefined,
  ): FieldNode;
  definition(node: VariableDefinitionNode): VariableDefinitionNode;
}

/** `prefix` begins no name of the supergraph: see `privatePrefix`. */
export function createPrivateNames(prefix: string): PrivateNames {
  const names = new Map<string, string>();
  const publicKeys = new Map<string, string>();
  const nameOf = ({ alias, name: { value: name } }: FieldNode, args: readonly ArgumentNode[]): string => {
    const key = alias?.value ?? name;
    const identity = `${key} ${name} ${canonical(args)}`;
    let privateName = names.get(identity);
    if (privateName === undefined) {
      privateName = `${prefix}${names.size}`;
      names.set(identity, privateName);
      publicKeys.set(privateName, key);
    }
    return privateName;
  };
  return {
    publicKeys,
    field(node, parent, field) {
      const takesArguments = (field?.args.length ?? 0) > 0;
      const isRenamed = node.alias !== undefined && node.alias.value !== node.name.value;
      if (!takesArguments && !isRenamed) return node;
      const args = (node.arguments ?? []).map(renamed);
      // Introspection is answered by graphql-js and not projected: it keeps the client's response keys.
      if (parent.name.startsWith('__')) return { ...node, arguments: args };
      return { ...node, arguments: args, alias: { kind: Kind.NAME, value: nameOf(node, args) } };
    },
    definition: (node) => ({ ...node, variable: renamed(node.variable) }),
  };
}

function renamed<Node extends ArgumentNode | VariableNode>(node: Node): Node {
  return visit(node, {
    Variable: (variable) => ({
      ...variable,
      name: { ...variable.name, value: privateVariable(variable.name.value) },
    }),
  });
}

/** The private name of a client's variable: the planner has variables of its own, such as `representations`. */
const privateVariable = (name: string) => `v_${name}`;

/** The values of the client's variables by their private names. */
export function privateVariables(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const named: Record<string, unknown> = {};
  for (const name in values) named[privateVariable(name)] = values[name];
  return named;
}

/** The prefix of private response keys: a word that begins no name of the supergraph. */
export function privatePrefix(supergraphSdl: string): string {
  let prefix = 'k';
  while (new RegExp(`\\b${prefix}\\d`).test(supergraphSdl)) prefix += '_';
  return prefix;
}

/** The same text for the same arguments, in any order. */
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
