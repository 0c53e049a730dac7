import {
  BREAK,
  coerceInputValue,
  type DocumentNode,
  type GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
  type VariableDefinitionNode,
  valueFromAST,
  visit,
} from 'graphql';
import { inputError, type Place, placeOf } from './place.ts';
import { isStorable, longIdSentence, sentenceFor, textSentence } from './sentences.ts';

export type Variables = Readonly<Record<string, unknown>>;
type Path = readonly (string | number)[];

const maxErrors = 10;

/**
 * Coerces the variables of an operation, as the specification's CoerceVariableValues does.
 *
 * `coerced` has no prototype, so only the client's own names are found in it. Errors are BAD_USER_INPUT with the
 * same sentence as for a literal, and never repeat a value, which may be a codice fiscale.
 */
export function readVariables(
  schema: GraphQLSchema,
  document: DocumentNode,
  { variableDefinitions = [] }: OperationDefinitionNode,
  inputs: Variables,
): { readonly coerced: Variables } | { readonly errors: readonly GraphQLError[] } {
  const coerced: Record<string, unknown> = Object.create(null);
  const errors: GraphQLError[] = [];
  for (const definition of variableDefinitions) {
    const name = definition.variable.name.value;
    const type = typeFromAST(schema, definition.type);
    // Validation made sure that a variable has an input type.
    if (!isInputType(type)) continue;
    const report = (sentence: string, path: Path) => {
      if (errors.length < maxErrors) errors.push(variableError(sentence, path, document, definition));
    };
    if (Object.hasOwn(inputs, name)) coerced[name] = readValue(type, inputs[name], report);
    else if (definition.defaultValue !== undefined)
      coerced[name] = valueFromAST(definition.defaultValue, type);
    else if (isNonNullType(type)) report('A value is required, and none was given.', []);
    if (errors.length >= maxErrors) break;
  }
  return errors.length === 0 ? { coerced } : { errors };
}

type Report = (sentence: string, path: Path) => void;

function readValue(type: GraphQLInputType, value: unknown, report: Report): unknown {
  const unfit = findUnfit(value, (path) => getNamedType(typeAt(type, path)).name === 'ID');
  if (unfit !== null) {
    report(unfit.sentence, unfit.path);
    return undefined;
  }
  let count = 0;
  try {
    return coerceInputValue(
      value,
      type,
      (path, found, error) => {
        report(sentenceFor(typeAt(type, path), found === null || found === undefined, error), path);
        // A client with ten thousand errors needs to see only the first ones.
        if (++count >= maxErrors) throw enough;
      },
      true,
    );
  } catch (error) {
    if (error !== enough) throw error;
    return undefined;
  }
}

const enough = new Error('enough errors');

/** The type at a path that `coerceInputValue` reported: one value may stand for a list of one. */
function typeAt(type: GraphQLInputType, path: Path): GraphQLInputType {
  let found = type;
  for (const key of path) {
    let inner = getNullableType(found);
    while (isListType(inner) && typeof key === 'string') inner = getNullableType(inner.ofType);
    if (isListType(inner)) found = inner.ofType;
    else if (isInputObjectType(inner)) found = inner.getFields()[key]?.type ?? found;
  }
  return found;
}

/** Checks that no scalar makes: a text that cannot be stored, or an ID whose last digits JSON has lost. */
function findUnfit(
  value: unknown,
  isId: (path: Path) => boolean,
  path: (string | number)[] = [],
): { readonly sentence: string; readonly path: Path } | null {
  if (typeof value === 'string')
    return isStorable(value) ? null : { sentence: textSentence, path: [...path] };
  if (typeof value === 'number')
    return Number.isInteger(value) && !Number.isSafeInteger(value) && isId(path)
      ? { sentence: longIdSentence, path: [...path] }
      : null;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, inner] of Array.isArray(value) ? value.entries() : Object.entries(value)) {
    if (typeof key === 'string' && !isStorable(key)) return { sentence: textSentence, path: [...path] };
    path.push(key);
    const found = findUnfit(inner, isId, path);
    if (found !== null) return found;
    path.pop();
  }
  return null;
}

/** Named by the argument that the variable is used in, as a literal there would be. */
function variableError(
  sentence: string,
  path: Path,
  document: DocumentNode,
  definition: VariableDefinitionNode,
): GraphQLError {
  const name = definition.variable.name.value;
  const place = placeOfVariable(name, document);
  return inputError(sentence, { argument: place.argument, path: [...place.path, ...path] }, [definition]);
}

function placeOfVariable(name: string, document: DocumentNode): Place {
  let place: Place = { argument: null, path: [] };
  visit(document, {
    VariableDefinition: () => false,
    Variable(node, _key, parent, path, ancestors) {
      if (node.name.value !== name) return undefined;
      place = placeOf(path, ancestors, parent);
      return BREAK;
    },
  });
  return place;
}
