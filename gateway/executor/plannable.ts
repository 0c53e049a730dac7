import {
  type FieldNode,
  isAbstractType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { Types } from './types.ts';

/**
 * What the planner gets of an operation. Where a value may have several types, its type must come along under its own
 * name, whatever the client calls it; and where all was skipped, something must be selected.
 *
 * A subgraph with an interface object does not know the types of its objects, and asking another one for them costs a
 * call: that is done only where something depends on the type.
 */
export function plannable(
  root: OperationDefinitionNode,
  { schema, interfaceObjects }: Types,
): OperationDefinitionNode {
  const info = new TypeInfo(schema);
  const typed: OperationDefinitionNode = visit(
    root,
    visitWithTypeInfo(info, {
      SelectionSet(node) {
        const parent = info.getParentType();
        const selections = merged(node.selections);
        const needsType =
          isAbstractType(parent) && !(interfaceObjects.has(parent.name) && selections.every(isOfAnyType));
        const isEmpty = selections.length === 0;
        return { ...node, selections: isEmpty || needsType ? [typename, ...selections] : selections };
      },
    }),
  );
  return visit(typed, { SelectionSet: { leave: withoutSpareTypes } });
}

/** The projection knows an object's type by one `__typename`: others, and fragments with nothing else, ask nothing. */
function withoutSpareTypes(node: SelectionSetNode): SelectionSetNode | undefined {
  const isSpare = (selection: SelectionNode): boolean =>
    selection.kind === Kind.FIELD
      ? selection.name.value === '__typename' && selection !== typename
      : selection.kind === Kind.INLINE_FRAGMENT && selection.selectionSet.selections.every(isType);
  if (!node.selections.some(isSpare)) return undefined;
  const selections = node.selections.filter((selection) => !isSpare(selection));
  return { ...node, selections: selections.length === 0 ? [typename] : selections };
}

export function isType(selection: SelectionNode): boolean {
  return selection.kind === Kind.FIELD && selection.name.value === '__typename';
}

/** Whether a selection asks the same of all types of an interface. */
export function isOfAnyType(selection: SelectionNode): boolean {
  return selection.kind === Kind.FIELD && selection.name.value !== '__typename';
}

/** Fields of one response key, and fragments of one condition, as one: the planner (0.0.38) may not see that they are. */
function merged(selections: readonly SelectionNode[]): SelectionNode[] {
  const found = new Map<string, SelectionNode>();
  for (const selection of selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) continue;
    const key =
      selection.kind === Kind.FIELD
        ? (selection.alias ?? selection.name).value
        : `... on ${selection.typeCondition?.name.value}`;
    const there = found.get(key);
    const inside = selection.selectionSet?.selections ?? [];
    if (there === undefined || there.kind === Kind.FRAGMENT_SPREAD) found.set(key, selection);
    else if (there.selectionSet !== undefined) {
      const selectionSet = {
        ...there.selectionSet,
        selections: [...there.selectionSet.selections, ...inside],
      };
      found.set(key, { ...there, selectionSet });
    }
  }
  return [...found.values()];
}

const typename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };
