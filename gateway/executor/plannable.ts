import {
  type FieldNode,
  type GraphQLCompositeType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { fieldOf, innerType } from './fields.ts';
import type { Types } from './types.ts';

/**
 * An operation as the planner receives it. If a value may have several types, `__typename` is selected under its own
 * name, also when the client uses an alias. If all selections were skipped, `__typename` is selected alone.
 *
 * A subgraph with an interface object does not know the types of its objects, and asking another one for them costs a
 * call: that is done only where something depends on the type.
 */
export function plannable(
  root: OperationDefinitionNode,
  { schema, interfaceObjects }: Types,
): OperationDefinitionNode {
  const rootType = schema.getRootType(root.operation) as GraphQLCompositeType;
  return { ...root, selectionSet: inside(root.selectionSet, rootType) };

  function inside(set: SelectionSetNode, parent: GraphQLCompositeType): SelectionSetNode {
    const needsType =
      isAbstractType(parent) && !(interfaceObjects.has(parent.name) && set.selections.every(isOfAnyType));
    const selections: SelectionNode[] = needsType ? [typename] : [];
    for (const selection of merged(set.selections)) {
      const below = selection.selectionSet && inside(selection.selectionSet, typeInside(selection, parent));
      // One `__typename` is enough for the projection: further ones, and fragments of nothing else, are dropped.
      const isSpare = selection.kind === Kind.FIELD ? isType(selection) : below?.selections.every(isType);
      if (!isSpare) selections.push(below ? { ...selection, selectionSet: below } : selection);
    }
    return { kind: Kind.SELECTION_SET, selections: selections.length === 0 ? [typename] : selections };
  }

  function typeInside(selection: SelectionNode, parent: GraphQLCompositeType): GraphQLCompositeType {
    if (selection.kind === Kind.FIELD) {
      const field = fieldOf(parent, selection.name.value);
      return (field && innerType(field.type)) ?? parent;
    }
    if (selection.kind !== Kind.INLINE_FRAGMENT || !selection.typeCondition) return parent;
    const type = schema.getType(selection.typeCondition.name.value);
    return isObjectType(type) || isInterfaceType(type) ? type : parent;
  }
}

export function isType(selection: SelectionNode): boolean {
  return selection.kind === Kind.FIELD && selection.name.value === '__typename';
}

/** Whether a selection is the same for all types of an interface. */
export function isOfAnyType(selection: SelectionNode): boolean {
  return selection.kind === Kind.FIELD && selection.name.value !== '__typename';
}

type Selection = Exclude<SelectionNode, { readonly kind: Kind.FRAGMENT_SPREAD }>;

/** Merges fields of one response key and fragments of one condition, which the planner (0.0.38) may not do. */
function merged(selections: readonly SelectionNode[]): Iterable<Selection> {
  const found = new Map<string, Selection>();
  for (const selection of selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) continue;
    const key =
      selection.kind === Kind.FIELD
        ? (selection.alias ?? selection.name).value
        : `... on ${selection.typeCondition?.name.value}`;
    const there = found.get(key);
    if (there === undefined) found.set(key, selection);
    else if (there.selectionSet && selection.selectionSet) {
      const both = [...there.selectionSet.selections, ...selection.selectionSet.selections];
      found.set(key, { ...there, selectionSet: { kind: Kind.SELECTION_SET, selections: both } });
    }
  }
  return found.values();
}

const typename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };
