import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  Lexer,
  parse,
  type SelectionNode,
  type SelectionSetNode,
  Source,
  TokenKind,
} from 'graphql';
import {
  maxAliases,
  maxDepth,
  maxDirectives,
  maxDocumentLength,
  maxFragments,
  maxNesting,
  maxOperations,
  maxPairs,
  maxRootFields,
  maxSelections,
  maxTokens,
} from './limits.ts';
import { slimLocations } from './slim-locations.ts';

interface Size {
  /** Each count has fragments expanded, and stops at the limit of selections. */
  readonly selections: number;
  readonly aliases: number;
  readonly directives: number;
  readonly depth: number;
}

/**
 * Refuses a document that is too large before anything else reads it; returns it parsed.
 *
 * Linear in the document, even if its fragments double: each fragment is measured once. Errors: GraphQLError,
 * GRAPHQL_PARSE_FAILED or BAD_USER_INPUT with the limit that was exceeded.
 */
export function checkOperation(source: string): DocumentNode {
  refuseOver(source.length, maxDocumentLength, 'characters');
  checkTokens(source);
  const document = slimLocations(parse(source));
  checkDefinitions(document);
  const measure = measureOf(document);
  let whole = emptySize;
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const size = measure(definition.selectionSet);
    whole = sum(whole, { ...size, directives: size.directives + (definition.directives?.length ?? 0) });
    refuseOver(rootFieldsOf(definition.selectionSet, document), maxRootFields, 'fields at its root');
  }
  refuseOver(whole.selections, maxSelections, 'selections, counted after expanding its fragments');
  refuseOver(whole.depth, maxDepth, 'levels of nesting');
  refuseOver(whole.aliases, maxAliases, 'aliases, counted after expanding its fragments');
  refuseOver(whole.directives, maxDirectives, 'directives, counted after expanding its fragments');
  return document;
}

/** The parser recurses into brackets, so their depth is measured first. */
function checkTokens(source: string): void {
  const lexer = new Lexer(new Source(source));
  let count = 0;
  let nesting = 0;
  for (let { kind } = lexer.advance(); kind !== TokenKind.EOF; { kind } = lexer.advance()) {
    refuseOver(++count, maxTokens, 'tokens');
    if (opens.has(kind)) refuseOver(++nesting, maxNesting, 'levels of brackets');
    else if (closes.has(kind)) nesting--;
  }
}

const opens: ReadonlySet<string> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const closes: ReadonlySet<string> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

function checkDefinitions({ definitions }: DocumentNode): void {
  const countOf = (kind: Kind) => definitions.filter((definition) => definition.kind === kind).length;
  refuseOver(countOf(Kind.FRAGMENT_DEFINITION), maxFragments, 'fragments');
  refuseOver(countOf(Kind.OPERATION_DEFINITION), maxOperations, 'operations');
  // Also the fields of fragments that nothing spreads: validation compares them too.
  const written: Written = { selections: 0, pairs: 0, byName: new Map() };
  for (const definition of definitions) {
    if ('selectionSet' in definition) countWritten(definition.selectionSet, written);
  }
  refuseOver(written.selections, maxSelections, 'selections');
  refuseOver(written.pairs, maxPairs, 'pairs of fields that have one name and fields of their own');
}

/** Selections as written, fragments not expanded. */
interface Written {
  selections: number;
  pairs: number;
  /** Fields with a selection set, by response key. */
  readonly byName: Map<string, number>;
}

function countWritten(set: SelectionSetNode | undefined, written: Written): void {
  for (const selection of set?.selections ?? []) {
    written.selections++;
    if (selection.kind === Kind.FRAGMENT_SPREAD) continue;
    if (selection.kind === Kind.FIELD) countField(selection, written);
    countWritten(selection.selectionSet, written);
  }
}

function countField({ alias, name, selectionSet }: FieldNode, written: Written): void {
  // As a property of the response object, this name would set its prototype.
  if (alias?.value === '__proto__') throw refusal('The alias "__proto__" is reserved.');
  if (selectionSet === undefined) return;
  const known = written.byName.get((alias ?? name).value) ?? 0;
  written.pairs += known;
  written.byName.set((alias ?? name).value, known + 1);
}

function measureOf(document: DocumentNode): (set: SelectionSetNode) => Size {
  const fragments = fragmentsOf(document);
  const measured = new Map<string, Size>();

  const ofFragment = (name: string): Size => {
    const known = measured.get(name);
    if (known !== undefined) return known;
    // A cycle counts as nothing here: validation refuses it.
    measured.set(name, emptySize);
    const fragment = fragments.get(name);
    const size = fragment === undefined ? emptySize : ofSet(fragment.selectionSet);
    measured.set(name, size);
    return size;
  };

  const ofSelection = (selection: SelectionNode): Size => {
    const inside =
      selection.kind === Kind.FRAGMENT_SPREAD
        ? ofFragment(selection.name.value)
        : selection.selectionSet === undefined
          ? emptySize
          : ofSet(selection.selectionSet);
    const isField = selection.kind === Kind.FIELD;
    return {
      selections: inside.selections + 1,
      aliases: inside.aliases + (isField && selection.alias !== undefined ? 1 : 0),
      directives: inside.directives + (selection.directives?.length ?? 0),
      depth: inside.depth + (isField ? 1 : 0),
    };
  };

  const ofSet = (set: SelectionSetNode): Size => {
    let size = emptySize;
    for (const selection of set.selections) size = sum(size, ofSelection(selection));
    return size;
  };
  return ofSet;
}

function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  return fragments;
}

/** Fields of the root, those in fragments included; a fragment within itself counts once. */
function rootFieldsOf(set: SelectionSetNode, document: DocumentNode): number {
  const fragments = fragmentsOf(document);
  const counted = new Map<string, number>();
  const count = ({ selections }: SelectionSetNode): number => {
    let fields = 0;
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) fields++;
      else if (selection.kind === Kind.INLINE_FRAGMENT) fields += count(selection.selectionSet);
      else fields += ofFragment(selection.name.value);
      if (fields > maxRootFields) return maxRootFields + 1;
    }
    return fields;
  };
  const ofFragment = (name: string): number => {
    const known = counted.get(name);
    if (known !== undefined) return known;
    counted.set(name, 0);
    const fragment = fragments.get(name);
    const fields = fragment === undefined ? 0 : count(fragment.selectionSet);
    counted.set(name, fields);
    return fields;
  };
  return count(set);
}

const emptySize: Size = { selections: 0, aliases: 0, directives: 0, depth: 0 };

function sum(a: Size, b: Size): Size {
  const most = maxSelections + 1;
  return {
    selections: Math.min(a.selections + b.selections, most),
    aliases: Math.min(a.aliases + b.aliases, most),
    directives: Math.min(a.directives + b.directives, most),
    depth: Math.max(a.depth, b.depth),
  };
}

function refuseOver(count: number, limit: number, what: string): void {
  if (count > limit) throw refusal(`The operation is too large: at most ${limit} ${what} are accepted.`);
}

function refusal(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}
