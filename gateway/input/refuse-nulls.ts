import {
  type ArgumentNode,
  type DirectiveNode,
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { inputError, type Place, placeOf } from './place.ts';
import type { Variables } from './read-variables.ts';

/** A variable whose own type is nullable, in a non-null position. */
interface Risk {
  readonly variable: string;
  readonly place: Place;
  readonly argument: ArgumentNode;
}

/**
 * Finds an explicit null that validation accepts: of a variable for an argument or a field with a default, or of a
 * variable with a default. Such a null does not select the default
 * (https://spec.graphql.org/October2021/#sec-All-Variable-Usages-Are-Allowed).
 *
 * Compiled once for each operation; nearly all have no such place. A skipped field may have one.
 */
export function compileNullCheck(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): (coerced: Variables) => GraphQLError | null {
  const risks = risksOf(schema, document);
  if (risks.length === 0) return () => null;
  const byArgument = new Map<ArgumentNode, Risk[]>();
  for (const risk of risks) byArgument.set(risk.argument, [...(byArgument.get(risk.argument) ?? []), risk]);
  return (coerced) =>
    risks.some(({ variable }) => coerced[variable] === null)
      ? firstNull(operation.selectionSet, document, byArgument, coerced)
      : null;
}

const sentence = 'null is not accepted here. Leave the variable out to get the default.';

function risksOf(schema: GraphQLSchema, document: DocumentNode): readonly Risk[] {
  const risks: Risk[] = [];
  const types = new TypeInfo(schema);
  let argument: ArgumentNode | null = null;
  visit(
    document,
    visitWithTypeInfo(types, {
      // `$x: Int! = null` is not valid, and directives of a definition take no variables.
      VariableDefinition: () => false,
      Argument(node) {
        argument = node;
      },
      Variable({ name }, _key, parent, path, ancestors) {
        if (argument === null || !isNonNullType(types.getInputType())) return;
        risks.push({ variable: name.value, place: placeOf(path, ancestors, parent), argument });
      },
    }),
  );
  return risks;
}

/** Each fragment once: its arguments do not depend on where it is spread. */
function firstNull(
  root: SelectionSetNode,
  document: DocumentNode,
  risks: ReadonlyMap<ArgumentNode, readonly Risk[]>,
  coerced: Variables,
): GraphQLError | null {
  const fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [],
    ),
  );
  const entered = new Set<string>();
  const inArguments = (given: readonly ArgumentNode[] = []): GraphQLError | null => {
    for (const argument of given)
      for (const { variable, place } of risks.get(argument) ?? [])
        if (coerced[variable] === null) return inputError(sentence, place, [argument]);
    return null;
  };
  const inSet = ({ selections }: SelectionSetNode): GraphQLError | null => {
    for (const selection of selections) {
      for (const directive of selection.directives ?? []) {
        const found = inArguments(directive.arguments);
        if (found !== null) return found;
      }
      if (selection.directives?.some((directive) => isSkipping(directive, coerced))) continue;
      const found = selection.kind === Kind.FIELD ? inArguments(selection.arguments) : null;
      const inside = found ?? inSelectionSet(selection);
      if (inside !== null) return inside;
    }
    return null;
  };
  const inSelectionSet = (selection: SelectionSetNode['selections'][number]): GraphQLError | null => {
    if (selection.kind !== Kind.FRAGMENT_SPREAD)
      return selection.selectionSet === undefined ? null : inSet(selection.selectionSet);
    const { value } = selection.name;
    const fragment = fragments.get(value);
    if (fragment === undefined || entered.has(value)) return null;
    entered.add(value);
    return inSet(fragment.selectionSet);
  };
  return inSet(root);
}

function isSkipping({ name, arguments: given }: DirectiveNode, coerced: Variables): boolean {
  if (name.value !== 'skip' && name.value !== 'include') return false;
  const value = given?.[0]?.value;
  const isTrue =
    value?.kind === Kind.VARIABLE
      ? coerced[value.name.value] === true
      : value?.kind === Kind.BOOLEAN && value.value;
  return isTrue === (name.value === 'skip');
}
