import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  isAbstractType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { withPrivateNames } from './private-names.ts';

/** One operation of a document, taken apart. */
export interface Operation {
  readonly root: OperationDefinitionNode;
  /** The operation and every fragment of its document. */
  readonly document: DocumentNode;
  /** The variables that decide what is skipped or included. */
  readonly conditionVariables: readonly string[];
}

/**
 * What is left of an operation once it is known what is skipped, ready to be planned and projected.
 *
 * All of it is in private names: see private-names.ts.
 */
export interface Resolved {
  readonly root: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** The client's response keys by their private names. */
  readonly publicKeys: ReadonlyMap<string, string>;
  /** What the planner gets: without introspection, which it does not know; null when nothing is left. */
  readonly planned: DocumentNode | null;
  /** The introspection in it; null when there is none. */
  readonly introspection: DocumentNode | null;
}

/** Null when the document has no such operation, or several and none was named. */
export function toOperation(document: DocumentNode, operationName: string | null): Operation | null {
  const operations = document.definitions.filter((d) => d.kind === Kind.OPERATION_DEFINITION);
  const named =
    operationName === null ? operations : operations.filter((o) => o.name?.value === operationName);
  const [root] = named;
  if (root === undefined || named.length > 1) return null;
  const fragments = fragmentsOf(document);
  const own: DocumentNode = { kind: Kind.DOCUMENT, definitions: [root, ...fragments] };
  return { root, document: own, conditionVariables: conditionVariablesOf(own) };
}

/**
 * Takes out what is skipped, for given values of the condition variables.
 *
 * The planner never sees `@skip` or `@include`: it fails on fields that carry both, and plans that need not
 * leave room for them are smaller.
 */
export function resolveConditions(
  { document }: Operation,
  schema: GraphQLSchema,
  prefix: string,
  isTrue: (variable: string) => boolean,
): Resolved {
  const { document: kept, publicKeys } = withPrivateNames(withoutSkipped(document, isTrue), schema, prefix);
  const root = kept.definitions.find((d) => d.kind === Kind.OPERATION_DEFINITION) as OperationDefinitionNode;
  const introspects = hasIntrospection(kept);
  const planned = introspects ? withoutIntrospection(kept) : kept;
  return {
    root,
    fragments: new Map(fragmentsOf(kept).map((fragment) => [fragment.name.value, fragment])),
    publicKeys,
    planned: asksNothing(planned) ? null : plannable(planned, schema),
    introspection: introspects ? onlyIntrospection(kept, schema) : null,
  };
}

function fragmentsOf(document: DocumentNode): FragmentDefinitionNode[] {
  return document.definitions.filter((d) => d.kind === Kind.FRAGMENT_DEFINITION);
}

function conditionVariablesOf(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive: ({ name: { value }, arguments: args }) => {
      const condition = args?.[0]?.value;
      if ((value === 'skip' || value === 'include') && condition?.kind === Kind.VARIABLE)
        names.add(condition.name.value);
    },
  });
  return [...names].sort();
}

function withoutSkipped(document: DocumentNode, isTrue: (variable: string) => boolean): DocumentNode {
  const resolve = <Node extends SelectionNode>(node: Node): Node | null | undefined => {
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
  };
  return visit(document, {
    Field: { enter: resolve },
    InlineFragment: { enter: resolve },
    FragmentSpread: { enter: resolve },
  });
}

function hasIntrospection(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Field: ({ name: { value } }) => {
      if (value === '__schema' || value === '__type') found = true;
    },
  });
  return found;
}

/** Whether no subgraph is needed: nothing but `__typename` of the root. */
function asksNothing(document: DocumentNode): boolean {
  const fragments = new Map(fragmentsOf(document).map((fragment) => [fragment.name.value, fragment]));
  const isNothing = (set: SelectionSetNode): boolean =>
    set.selections.every((selection) => {
      if (selection.kind === Kind.FIELD) return selection.name.value === '__typename';
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      return fragment === undefined || isNothing(fragment.selectionSet);
    });
  return document.definitions.every((d) => d.kind !== Kind.OPERATION_DEFINITION || isNothing(d.selectionSet));
}

/**
 * Where a value may have several types, its type must come along under its own name, whatever the client calls
 * it; and where all was skipped, something must be selected.
 */
function plannable(document: DocumentNode, schema: GraphQLSchema): DocumentNode {
  const types = new TypeInfo(schema);
  return visit(
    document,
    visitWithTypeInfo(types, {
      SelectionSet: (node) =>
        isEmpty(node) || isAbstractType(types.getParentType())
          ? { ...node, selections: [typename, ...node.selections] }
          : undefined,
    }),
  );
}

const typename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

function withoutIntrospection(document: DocumentNode): DocumentNode {
  return visit(document, {
    Field: ({ name: { value } }) => (value === '__schema' || value === '__type' ? null : undefined),
    FragmentDefinition: ({ typeCondition }) => (typeCondition.name.value.startsWith('__') ? null : undefined),
  });
}

/** What is left is executed by graphql-js without a root value, so no other field of the root may stay. */
function onlyIntrospection(document: DocumentNode, schema: GraphQLSchema): DocumentNode {
  const types = new TypeInfo(schema);
  return visit(
    document,
    visitWithTypeInfo(types, {
      Field: ({ name }) =>
        types.getParentType() === schema.getQueryType() && !name.value.startsWith('__') ? null : undefined,
    }),
  );
}

function isEmpty({ selections }: SelectionSetNode): boolean {
  return selections.length === 0;
}
