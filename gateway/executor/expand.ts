import {
  type FragmentSpreadNode,
  type GraphQLCompositeType,
  type InlineFragmentNode,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { Operation } from './operation.ts';
import type { Types } from './types.ts';

/**
 * An operation without what is skipped and without named fragments, and with a type condition only where it decides
 * something: the planner (0.0.38) goes astray over conditions within conditions that always hold.
 *
 * How many selections may come of it is bounded before: see gateway/limits.
 */
export function expand(
  { root, fragments }: Operation,
  { schema }: Types,
  isTrue: (variable: string) => boolean,
): OperationDefinitionNode {
  const kept: OperationDefinitionNode = visit(root, {
    Field: { enter: (node) => withoutSkipped(node, isTrue) },
    InlineFragment: { enter: (node) => withoutSkipped(node, isTrue) },
    FragmentSpread: { enter: (node) => (withoutSkipped(node, isTrue) === null ? null : asInline(node)) },
  });
  const info = new TypeInfo(schema);
  return visit(
    kept,
    visitWithTypeInfo(info, {
      SelectionSet(node) {
        const parent = info.getParentType();
        return parent ? { ...node, selections: flat(node.selections, parent) } : undefined;
      },
    }),
  );

  function flat(selections: readonly SelectionNode[], parent: GraphQLCompositeType): SelectionNode[] {
    return selections.flatMap((selection) =>
      isIdle(selection, parent) ? flat(selection.selectionSet.selections, parent) : [selection],
    );
  }

  function asInline({ name }: FragmentSpreadNode): InlineFragmentNode | null {
    const fragment = fragments.get(name.value);
    if (fragment === undefined) return null;
    const { typeCondition, selectionSet } = fragment;
    return { kind: Kind.INLINE_FRAGMENT, typeCondition, directives: [], selectionSet };
  }

  /** Whether a fragment's condition holds for every object of the type that it stands in. */
  function isIdle(selection: SelectionNode, parent: GraphQLCompositeType): selection is InlineFragmentNode {
    if (selection.kind !== Kind.INLINE_FRAGMENT) return false;
    const condition = selection.typeCondition?.name.value;
    if (condition === undefined || condition === parent.name) return true;
    const type = schema.getType(condition);
    if (!isAbstractType(type)) return false;
    return (isObjectType(parent) || isInterfaceType(parent)) && schema.isSubType(type, parent);
  }
}

/** Null for what is skipped; else the same without directives. */
function withoutSkipped<Node extends SelectionNode>(
  node: Node,
  isTrue: (variable: string) => boolean,
): Node | null | undefined {
  if (!node.directives?.length) return undefined;
  for (const { name, arguments: args } of node.directives) {
    const condition = args?.[0]?.value;
    if ((name.value !== 'skip' && name.value !== 'include') || condition === undefined) continue;
    const value =
      condition.kind === Kind.VARIABLE
        ? isTrue(condition.name.value)
        : condition.kind === Kind.BOOLEAN && condition.value;
    if (value !== (name.value === 'include')) return null;
  }
  return { ...node, directives: [] };
}
