import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type EnumTypeDefinitionNode,
  type EnumValueDefinitionNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type OperationDefinitionNode,
  parse,
  print,
} from 'graphql';
import type { NamedSupergraph } from './graph-order.ts';

/** A part of a subgraph that the planner treats as a subgraph: it resolves one field with `@requires`. */
interface Part {
  /** The subgraph's name in the supergraph's enum. */
  readonly graph: string;
  readonly type: string;
  readonly field: string;
  /** The part's name in that enum. */
  readonly name: string;
}

type Owner = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/**
 * The same supergraph as if each field with `@requires` were answered by a subgraph of its own, which else has keys,
 * external fields and types without keys; null when no field has any.
 *
 * The planner (0.0.38) loses its way from an entity to another of the same type in the same subgraph when one of the
 * latter's fields has `@requires`, but not between subgraphs. Each part is answered by the subgraph that it is a
 * part of: the plans are correct, and only need more calls.
 */
export function requirementsApart({ supergraphSdl, names }: NamedSupergraph): NamedSupergraph | null {
  const document = parse(supergraphSdl, { noLocation: true });
  const parts = partsOf(document);
  if (parts.length === 0) return null;
  const ownNames = new Map(names);
  const definitions = document.definitions.map((definition) => withParts(definition, parts, ownNames));
  return { supergraphSdl: print({ ...document, definitions }), names: ownNames };
}

function partsOf({ definitions }: DocumentNode): Part[] {
  const parts: Part[] = [];
  for (const definition of definitions) {
    if (!isOwner(definition)) continue;
    for (const field of definition.fields ?? []) {
      for (const join of joins(field, 'join__field')) {
        const graph = textOf(join, 'graph');
        if (textOf(join, 'requires') === null || graph === null) continue;
        const [type, name] = [definition.name.value, field.name.value];
        parts.push({ graph, type, field: name, name: `${graph}_${parts.length}` });
      }
    }
  }
  return parts;
}

function withParts(
  definition: DefinitionNode,
  parts: readonly Part[],
  names: Map<string, string>,
): DefinitionNode {
  if (definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === 'join__Graph')
    return withGraphs(definition, parts, names);
  if (!('directives' in definition) || !('name' in definition)) return definition;
  if (rootTypes.has(definition.name?.value ?? '')) return definition;
  const joined = {
    ...definition,
    directives: inParts((definition.directives ?? []) as readonly ConstDirectiveNode[], parts),
  };
  if (isOwner(definition)) {
    const fields = (definition.fields ?? []).map((field) => fieldInParts(field, definition, parts));
    return { ...joined, fields } as DefinitionNode;
  }
  if (definition.kind !== Kind.ENUM_TYPE_DEFINITION) return joined as DefinitionNode;
  const values = (definition.values ?? []).map((value) => ({
    ...value,
    directives: inParts(value.directives ?? [], parts),
  }));
  return { ...joined, values } as DefinitionNode;
}

/** No operation starts at a part. */
const rootTypes = new Set(['Query', 'Mutation', 'Subscription']);

function withGraphs(
  definition: EnumTypeDefinitionNode,
  parts: readonly Part[],
  names: Map<string, string>,
): EnumTypeDefinitionNode {
  const values = definition.values ?? [];
  const added = parts.flatMap((part): EnumValueDefinitionNode[] => {
    const whole = values.find((value) => value.name.value === part.graph);
    const [graph] = whole?.directives ?? [];
    const name = graph === undefined ? null : textOf(graph, 'name');
    if (whole === undefined || graph === undefined || name === null) return [];
    const ownName = `${name}#${part.name}`;
    names.set(ownName, names.get(name) ?? name);
    return [
      {
        ...whole,
        name: { kind: Kind.NAME, value: part.name },
        directives: [withArgument(graph, 'name', { kind: Kind.STRING, value: ownName })],
      },
    ];
  });
  return { ...definition, values: [...values, ...added] };
}

function fieldInParts(field: FieldDefinitionNode, owner: Owner, parts: readonly Part[]): FieldDefinitionNode {
  const own = joins(field, 'join__field');
  const graphs = new Set(joins(owner, 'join__type').map((join) => textOf(join, 'graph') ?? ''));
  const explicit = own.length > 0 ? own : [...graphs].map(joinField);
  const directives = explicit.flatMap((join) => {
    const graph = textOf(join, 'graph');
    const those = parts.filter((part) => part.graph === graph);
    if (textOf(join, 'requires') !== null) {
      const part = those.find(
        ({ type, field: name }) => type === owner.name.value && name === field.name.value,
      );
      return part === undefined ? [join] : [inGraph(join, part.name)];
    }
    const keys = keysOf(owner, graph);
    const isThere = keys.length === 0 || keys.includes(field.name.value) || isTrue(join, 'external');
    return isThere ? [join, ...those.map((part) => inGraph(join, part.name))] : [join];
  });
  const others = (field.directives ?? []).filter((directive) => directive.name.value !== 'join__field');
  return { ...field, directives: [...others, ...directives] };
}

/** The names of the fields of all keys that a type has in a subgraph. */
function keysOf(owner: Owner, graph: string | null): string[] {
  return joins(owner, 'join__type')
    .filter((join) => textOf(join, 'graph') === graph)
    .flatMap((join) => {
      const key = textOf(join, 'key');
      if (key === null) return [];
      const [operation] = parse(`{${key}}`, { noLocation: true }).definitions as OperationDefinitionNode[];
      return (operation?.selectionSet.selections ?? []).flatMap((selection) =>
        selection.kind === Kind.FIELD ? [selection.name.value] : [],
      );
    });
}

function inParts(directives: readonly ConstDirectiveNode[], parts: readonly Part[]): ConstDirectiveNode[] {
  return directives.flatMap((directive) => {
    const graph = directive.name.value.startsWith('join__') ? textOf(directive, 'graph') : null;
    return [
      directive,
      ...parts.filter((part) => part.graph === graph).map((part) => inGraph(directive, part.name)),
    ];
  });
}

function joins(node: Owner | FieldDefinitionNode, name: string): ConstDirectiveNode[] {
  return (node.directives ?? []).filter((directive) => directive.name.value === name);
}

function inGraph(join: ConstDirectiveNode, graph: string): ConstDirectiveNode {
  return withArgument(join, 'graph', { kind: Kind.ENUM, value: graph });
}

function joinField(graph: string): ConstDirectiveNode {
  return {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: 'join__field' },
    arguments: [
      {
        kind: Kind.ARGUMENT,
        name: { kind: Kind.NAME, value: 'graph' },
        value: { kind: Kind.ENUM, value: graph },
      },
    ],
  };
}

function withArgument(
  directive: ConstDirectiveNode,
  name: string,
  value: { readonly kind: Kind.ENUM | Kind.STRING; readonly value: string },
): ConstDirectiveNode {
  const args = (directive.arguments ?? []).map((arg) => (arg.name.value === name ? { ...arg, value } : arg));
  return { ...directive, arguments: args };
}

function textOf(directive: ConstDirectiveNode, name: string): string | null {
  const value = directive.arguments?.find((arg) => arg.name.value === name)?.value;
  return value?.kind === Kind.STRING || value?.kind === Kind.ENUM ? value.value : null;
}

function isTrue(directive: ConstDirectiveNode, name: string): boolean {
  const value = directive.arguments?.find((arg) => arg.name.value === name)?.value;
  return value?.kind === Kind.BOOLEAN && value.value;
}

function isOwner(definition: DefinitionNode): definition is Owner {
  return (
    definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION
  );
}
