import {
  type ConstDirectiveNode,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
} from 'graphql';

type Element = GraphQLObjectType | GraphQLInterfaceType | GraphQLField<unknown, unknown>;

/** Federation's directives on a type, its extensions included, or on a field. */
export function directivesOf(element: Element, name: string): readonly ConstDirectiveNode[] {
  const extensions = 'extensionASTNodes' in element ? element.extensionASTNodes : [];
  return [element.astNode, ...extensions]
    .flatMap((node) => node?.directives ?? [])
    .filter((directive) => directive.name.value === name);
}

export function hasDirective(element: Element, name: string): boolean {
  return directivesOf(element, name).length > 0;
}

/** A text argument of the first such directive; undefined without one. */
export function argumentOf(element: Element, name: string, argument: string): string | undefined {
  return textArgument(directivesOf(element, name)[0], argument);
}

export function textArgument(directive: ConstDirectiveNode | undefined, name: string): string | undefined {
  const value = directive?.arguments?.find((arg) => arg.name.value === name)?.value;
  return value?.kind === Kind.STRING ? value.value : undefined;
}

const parsed = new Map<string, SelectionSetNode>();

/** The selections of a `fields` argument. */
export function fieldSet(fields: string): SelectionSetNode {
  let selectionSet = parsed.get(fields);
  if (selectionSet === undefined) {
    const [operation] = parse(`{ ${fields} }`, { noLocation: true }).definitions;
    selectionSet = (operation as OperationDefinitionNode).selectionSet;
    parsed.set(fields, selectionSet);
  }
  return selectionSet;
}
