import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type InlineFragmentNode,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { fieldOf, innerType } from './fields.ts';
import type { PrivateNames } from './private-names.ts';

/**
 * An operation in private names, without skipped selections and named fragments. A type condition is kept only if it
 * decides something: the planner (0.0.38) plans nested conditions that always hold incorrectly.
 *
 * gateway/limits bounds the number of selections beforehand.
 */
export function expand(
  root: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  schema: GraphQLSchema,
  names: PrivateNames,
  isTrue: (variable: string) => boolean,
): OperationDefinitionNode {
  const rootType = schema.getRootType(root.operation) as GraphQLCompositeType;
  const variableDefinitions = (root.variableDefinitions ?? []).map(names.definition);
  return { ...root, variableDefinitions, selectionSet: inside(root.selectionSet, rootType) };

  function inside(set: SelectionSetNode, parent: GraphQLCompositeType): SelectionSetNode {
    const selections: SelectionNode[] = [];
    collect(set, parent, selections);
    return { kind: Kind.SELECTION_SET, selections };
  }

  function collect(set: SelectionSetNode, parent: GraphQLCompositeType, found: SelectionNode[]): void {
    for (const selection of set.selections) {
      if (isSkipped(selection, isTrue)) continue;
      if (selection.kind === Kind.FIELD) {
        found.push(expandField(selection, parent));
        continue;
      }
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (fragment === undefined) continue;
      const type = conditionOf(fragment, parent);
      if (holdsFor(type, parent)) collect(fragment.selectionSet, parent, found);
      else found.push(asInline(fragment, inside(fragment.selectionSet, type)));
    }
  }

  function expandField(node: FieldNode, parent: GraphQLCompositeType): FieldNode {
    const field = fieldOf(parent, node.name.value);
    const type = field === undefined ? undefined : innerType(field.type);
    const renamed = names.field(node, parent, field);
    const below = node.selectionSet && type ? { selectionSet: inside(node.selectionSet, type) } : {};
    return { ...renamed, directives: [], ...below };
  }

  function conditionOf(
    { typeCondition }: InlineFragmentNode | FragmentDefinitionNode,
    parent: GraphQLCompositeType,
  ): GraphQLCompositeType {
    if (typeCondition === undefined) return parent;
    const type = schema.getType(typeCondition.name.value);
    return isObjectType(type) || isInterfaceType(type) || isUnionType(type) ? type : parent;
  }

  /** Whether every object of the type that a fragment stands in meets its condition. */
  function holdsFor(condition: GraphQLCompositeType, parent: GraphQLCompositeType): boolean {
    if (condition === parent) return true;
    return (
      isAbstractType(condition) &&
      (isObjectType(parent) || isInterfaceType(parent)) &&
      schema.isSubType(condition, parent)
    );
  }
}

function asInline(
  { typeCondition }: InlineFragmentNode | FragmentDefinitionNode,
  selectionSet: SelectionSetNode,
): InlineFragmentNode {
  return { kind: Kind.INLINE_FRAGMENT, ...(typeCondition ? { typeCondition } : {}), selectionSet };
}

function isSkipped({ directives }: SelectionNode, isTrue: (variable: string) => boolean): boolean {
  for (const { name, arguments: args } of directives ?? []) {
    const condition = args?.[0]?.value;
    if ((name.value !== 'skip' && name.value !== 'include') || condition === undefined) continue;
    const value =
      condition.kind === Kind.VARIABLE
        ? isTrue(condition.name.value)
        : condition.kind === Kind.BOOLEAN && condition.value;
    if (value !== (name.value === 'include')) return true;
  }
  return false;
}
