import type { PlanNode } from '@graphql-hive/router-query-planner';
import { type EnumValueDefinitionNode, Kind, parse, print, visit } from 'graphql';

/** A supergraph for the planner, and the subgraphs' original names by their names in it. */
export interface NamedSupergraph {
  readonly supergraphSdl: string;
  readonly names: ReadonlyMap<string, string>;
}

/**
 * Renames subgraphs so that those with interface objects come last.
 *
 * The planner (0.0.38) tries subgraphs in the order of their names. If it meets one that knows an interface as an
 * object type before one that knows its types, it does not find the fields of these types and refuses the
 * operation.
 */
export function interfaceObjectsLast(supergraphSdl: string): NamedSupergraph {
  if (!supergraphSdl.includes('isInterfaceObject: true')) return { supergraphSdl, names: new Map() };
  const document = parse(supergraphSdl, { noLocation: true });
  const withObjects = new Set<string>();
  visit(document, {
    Directive({ arguments: args }) {
      const value = (name: string) => args?.find((arg) => arg.name.value === name)?.value;
      const graph = value('graph');
      const isInterfaceObject = value('isInterfaceObject');
      if (isInterfaceObject?.kind === Kind.BOOLEAN && isInterfaceObject.value && graph?.kind === Kind.ENUM)
        withObjects.add(graph.value);
    },
  });
  const names = new Map<string, string>();
  const rename = (node: EnumValueDefinitionNode): EnumValueDefinitionNode =>
    visit(node, {
      Argument(argument) {
        if (argument.name.value !== 'name' || argument.value.kind !== Kind.STRING) return undefined;
        const group = withObjects.has(node.name.value) ? 'b' : 'a';
        const name = `${group}_${argument.value.value}`;
        names.set(name, argument.value.value);
        return { ...argument, value: { ...argument.value, value: name } };
      },
    });
  const renamed = visit(document, {
    EnumTypeDefinition: (node) =>
      node.name.value === 'join__Graph' ? { ...node, values: node.values?.map(rename) ?? [] } : false,
  });
  return { supergraphSdl: print(renamed), names };
}

/** Restores the subgraphs' original names in a plan. */
export function withOwnNames(node: PlanNode, names: ReadonlyMap<string, string>): void {
  if ('serviceName' in node) node.serviceName = names.get(node.serviceName) ?? node.serviceName;
  if ('nodes' in node) for (const child of node.nodes) withOwnNames(child, names);
  if (node.kind === 'Flatten') withOwnNames(node.node, names);
}
