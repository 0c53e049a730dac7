import {
  type DefinitionNode,
  type DirectiveNode,
  type DocumentNode,
  Kind,
  print,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/**
 * One text for all documents that differ only in whitespace, in the order of definitions, selections, arguments and
 * directives, and in `__typename` without an alias.
 *
 * Tools register one form and send another: graphql-codegen sorts the selections of its manifest, Apollo Client and
 * urql add `__typename`, Apollo's manifest sorts fragments by name.
 */
export function canonicalText({ definitions }: DocumentNode): string {
  return inOrder(definitions.map(textOfDefinition)).join('\n');
}

function textOfDefinition(definition: DefinitionNode): string {
  if (definition.kind === Kind.FRAGMENT_DEFINITION) {
    const { name, typeCondition, directives, selectionSet } = definition;
    return `fragment ${name.value} on ${typeCondition.name.value}${textOfDirectives(directives)}${textOfSet(selectionSet)}`;
  }
  if (definition.kind !== Kind.OPERATION_DEFINITION) return print(definition);
  const { operation, name, variableDefinitions = [], directives, selectionSet } = definition;
  const variables = inOrder(variableDefinitions.map(print)).join(' ');
  return `${operation} ${name?.value ?? ''}(${variables})${textOfDirectives(directives)}${textOfSet(selectionSet)}`;
}

/** A set of nothing but `__typename` keeps one, so that it differs from no set. */
function textOfSet(set: SelectionSetNode | undefined): string {
  if (set === undefined) return '';
  const asked = set.selections.filter((selection) => !isPlainTypename(selection));
  return asked.length === 0 ? '{__typename}' : `{${inOrder(asked.map(textOfSelection)).join(' ')}}`;
}

function textOfSelection(selection: SelectionNode): string {
  const directives = textOfDirectives(selection.directives);
  if (selection.kind === Kind.FRAGMENT_SPREAD) return `...${selection.name.value}${directives}`;
  const inside = textOfSet(selection.selectionSet);
  if (selection.kind === Kind.INLINE_FRAGMENT) {
    const { typeCondition } = selection;
    return `...${typeCondition === undefined ? '' : ` on ${typeCondition.name.value}`}${directives}${inside}`;
  }
  const { alias, name, arguments: given = [] } = selection;
  const called = alias === undefined ? '' : `${alias.value}:`;
  return `${called}${name.value}(${inOrder(given.map(print)).join(' ')})${directives}${inside}`;
}

function isPlainTypename(selection: SelectionNode): boolean {
  if (selection.kind !== Kind.FIELD || selection.name.value !== '__typename') return false;
  return selection.alias === undefined && !selection.directives?.length;
}

function textOfDirectives(directives: readonly DirectiveNode[] = []): string {
  return inOrder(directives.map((directive) => ` ${print(directive)}`)).join('');
}

/** Sorted, without repetitions. */
function inOrder(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
