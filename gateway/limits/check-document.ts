import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';
import { maxDepth, maxRootFields, maxSelections, maxTokens } from './limits.ts';

interface Size {
  /** Selections with fragments expanded; counted no further than the limit. */
  readonly selections: number;
  readonly depth: number;
}

/**
 * Refuses a document that is too large, before anything else looks at it.
 *
 * Linear in the document however its fragments double: each fragment is measured once. Errors: GraphQLError,
 * GRAPHQL_PARSE_FAILED or BAD_USER_INPUT with the limit that was passed.
 */
export function checkDocument(source: string): void {
  const document = parse(source, { maxTokens, noLocation: true });
  const measure = measureOf(document);
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const { selections, depth } = measure(definition.selectionSet);
    refuseOver(selections, maxSelections, 'selections, counted after expanding its fragments');
    refuseOver(depth, maxDepth, 'levels of nesting');
    refuseOver(definition.selectionSet.selections.length, maxRootFields, 'fields at its root');
  }
}

function measureOf(document: DocumentNode): (set: SelectionSetNode) => Size {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const measured = new Map<string, Size>();

  const ofFragment = (name: string): Size => {
    const known = measured.get(name);
    if (known !== undefined) return known;
    // A cycle is no larger than nothing here: validation refuses it.
    measured.set(name, nothing);
    const fragment = fragments.get(name);
    const size = fragment === undefined ? nothing : ofSet(fragment.selectionSet);
    measured.set(name, size);
    return size;
  };

  const ofSet = (set: SelectionSetNode): Size => {
    let selections = 0;
    let depth = 0;
    for (const selection of set.selections) {
      const inside =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? ofFragment(selection.name.value)
          : selection.selectionSet === undefined
            ? nothing
            : ofSet(selection.selectionSet);
      selections = Math.min(selections + 1 + inside.selections, maxSelections + 1);
      depth = Math.max(depth, inside.depth + (selection.kind === Kind.FIELD ? 1 : 0));
    }
    return { selections, depth };
  };
  return ofSet;
}

const nothing: Size = { selections: 0, depth: 0 };

function refuseOver(count: number, limit: number, what: string): void {
  if (count <= limit) return;
  throw new GraphQLError(`The operation is too large: at most ${limit} ${what} are accepted.`, {
    extensions: { code: 'BAD_USER_INPUT' },
  });
}
