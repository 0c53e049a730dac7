import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { expand } from './expand.ts';
import { isType, plannable } from './plannable.ts';
import { createPrivateNames } from './private-names.ts';
import type { Types } from './types.ts';

/** One operation of a document with its parts. */
export interface Operation {
  readonly root: OperationDefinitionNode;
  /** The operation and every fragment of its document. */
  readonly document: DocumentNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** The variables that `@skip` and `@include` read. */
  readonly conditionVariables: readonly string[];
}

/**
 * An operation without its skipped selections, ready to be planned and projected.
 *
 * It has no named fragments and uses private names: see expand.ts and private-names.ts.
 */
export interface Resolved {
  readonly root: OperationDefinitionNode;
  /** The client's response keys by their private names. */
  readonly publicKeys: ReadonlyMap<string, string>;
  /**
   * The planner's input, in order. Introspection is left out, since the planner does not know it; each root field of
   * a mutation is an operation of its own; empty if nothing is left.
   */
  readonly planned: readonly OperationDefinitionNode[];
  /** The introspection part; null if there is none. */
  readonly introspection: OperationDefinitionNode | null;
}

/** Null if the document has no such operation, or has several and no name was given. */
export function toOperation(document: DocumentNode, operationName: string | null): Operation | null {
  const operations = document.definitions.filter((d) => d.kind === Kind.OPERATION_DEFINITION);
  const named =
    operationName === null ? operations : operations.filter((o) => o.name?.value === operationName);
  const [root] = named;
  if (root === undefined || named.length > 1) return null;
  const fragments = document.definitions.filter((d) => d.kind === Kind.FRAGMENT_DEFINITION);
  return {
    root,
    document: { kind: Kind.DOCUMENT, definitions: [root, ...fragments] },
    fragments: new Map(fragments.map((fragment) => [fragment.name.value, fragment])),
    conditionVariables: conditionVariablesOf([root, ...fragments]),
  };
}

/**
 * Removes the skipped selections, for given values of the condition variables.
 *
 * The planner never sees `@skip` or `@include`: it fails on fields that carry both, and plans without them are smaller.
 */
export function resolveConditions(
  operation: Operation,
  types: Types,
  prefix: string,
  isTrue: (variable: string) => boolean,
): Resolved {
  const names = createPrivateNames(prefix);
  const root = expand(operation.root, operation.fragments, types.schema, names, isTrue);
  const introspects = root.selectionSet.selections.some(isIntrospection);
  const planned = introspects ? withRootFields(root, (field) => !isIntrospection(field)) : root;
  return {
    root,
    publicKeys: names.publicKeys,
    planned: asksNothing(planned.selectionSet) ? [] : inParts(plannable(planned, types)),
    introspection: introspects ? withRootFields(root, isIntrospection) : null,
  };
}

function conditionVariablesOf(definitions: readonly (OperationDefinitionNode | FragmentDefinitionNode)[]) {
  const names = new Set<string>();
  for (const definition of definitions) {
    visit(definition, {
      Directive: ({ name: { value }, arguments: args }) => {
        const condition = args?.[0]?.value;
        if ((value === 'skip' || value === 'include') && condition?.kind === Kind.VARIABLE)
          names.add(condition.name.value);
      },
    });
  }
  return [...names].sort();
}

function isIntrospection(selection: SelectionNode): boolean {
  return (
    selection.kind === Kind.FIELD &&
    (selection.name.value === '__schema' || selection.name.value === '__type')
  );
}

function withRootFields(
  root: OperationDefinitionNode,
  isKept: (field: SelectionNode) => boolean,
): OperationDefinitionNode {
  const { selectionSet } = root;
  return { ...root, selectionSet: { ...selectionSet, selections: selectionSet.selections.filter(isKept) } };
}

/** Whether no subgraph is needed: only `__typename` of the root is selected. */
function asksNothing({ selections }: SelectionSetNode): boolean {
  return selections.every(isType);
}

/**
 * A mutation as one operation for each field of its root, in their order.
 *
 * The specification completes a field with everything below it before the next field begins. One plan for all fields
 * does not: it calls the second field's subgraph while another subgraph still completes the first field's answer.
 */
function inParts(root: OperationDefinitionNode): readonly OperationDefinitionNode[] {
  if (root.operation !== OperationTypeNode.MUTATION) return [root];
  // `plannable` has merged fields of one response key, and left no fragment at the root.
  return root.selectionSet.selections.map((selection) => ({
    ...root,
    selectionSet: { ...root.selectionSet, selections: [selection] },
  }));
}
