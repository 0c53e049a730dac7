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
import { oneByOne } from './one-by-one.ts';
import { isType, plannable } from './plannable.ts';
import { createPrivateNames } from './private-names.ts';
import type { Types } from './types.ts';

/** One operation of a document, taken apart. */
export interface Operation {
  readonly root: OperationDefinitionNode;
  /** The operation and every fragment of its document. */
  readonly document: DocumentNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** The variables that decide what is skipped or included. */
  readonly conditionVariables: readonly string[];
}

/**
 * What is left of an operation once it is known what is skipped, ready to be planned and projected.
 *
 * All of it is without named fragments and in private names: see expand.ts and private-names.ts.
 */
export interface Resolved {
  readonly root: OperationDefinitionNode;
  /** The client's response keys by their private names. */
  readonly publicKeys: ReadonlyMap<string, string>;
  /**
   * What the planner gets, one after the other: without introspection, which it does not know; of a mutation each
   * field of the root by itself; nothing when nothing is left.
   */
  readonly planned: readonly OperationDefinitionNode[];
  /** The introspection in it; null when there is none. */
  readonly introspection: OperationDefinitionNode | null;
}

/** Null when the document has no such operation, or several and none was named. */
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
 * Takes out what is skipped, for given values of the condition variables.
 *
 * The planner never sees `@skip` or `@include`: it fails on fields that carry both, and plans that need not
 * leave room for them are smaller.
 */
export function resolveConditions(
  operation: Operation,
  types: Types,
  prefix: string,
  isTrue: (variable: string) => boolean,
): Resolved {
  const names = createPrivateNames(prefix);
  const root = expand(operation, types.schema, names, isTrue);
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

/** Whether no subgraph is needed: nothing but `__typename` of the root. */
function asksNothing({ selections }: SelectionSetNode): boolean {
  return selections.every(isType);
}

function inParts(root: OperationDefinitionNode): readonly OperationDefinitionNode[] {
  return root.operation === OperationTypeNode.MUTATION ? oneByOne(root) : [root];
}
