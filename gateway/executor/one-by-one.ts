import { type FieldNode, Kind, type OperationDefinitionNode } from 'graphql';

/**
 * A mutation as one operation for each field of its root, in their order.
 *
 * The specification has a field done, with all below it, before the next one begins. A plan for all of them does not
 * keep to that: it starts the second field's subgraph while the first one's answer is still being completed elsewhere.
 */
export function oneByOne(root: OperationDefinitionNode): OperationDefinitionNode[] {
  const fields = new Map<string, FieldNode[]>();
  for (const selection of root.selectionSet.selections) {
    if (selection.kind !== Kind.FIELD || selection.name.value === '__typename') continue;
    const key = selection.alias?.value ?? selection.name.value;
    const there = fields.get(key);
    if (there === undefined) fields.set(key, [selection]);
    else there.push(selection);
  }
  return [...fields.values()].map((selections) => ({
    ...root,
    selectionSet: { ...root.selectionSet, selections },
  }));
}
