import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLSchema,
  type GraphQLType,
  getNamedType,
  isInputObjectType,
  Kind,
  type NamedTypeNode,
  typeFromAST,
} from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';

/** Runs one operation of a schema. A result that is no promise was found without waiting. */
export type Executed = (
  variables: Readonly<Record<string, unknown>>,
  context: unknown,
) => ExecutionResult | Promise<ExecutionResult>;

/**
 * Prepares a document with one operation to be run many times. The document must be valid, and variables must fit: a
 * gateway checks both.
 *
 * An operation is compiled at its second use: compiling takes milliseconds, and an operation may never be sent
 * again. graphql-jit loses message and path of plain errors; `subgraphs/shared` throws GraphQL errors only.
 */
export function prepareExecution(schema: GraphQLSchema, document: DocumentNode): Executed {
  const interpreted: Executed = (variables, context) =>
    execute({ schema, document, contextValue: context, variableValues: variables }) as ReturnType<Executed>;
  let isFirst = true;
  let compiled: Executed | undefined;
  return (variables, context) => {
    if (isFirst) {
      isFirst = false;
      return interpreted(variables, context);
    }
    compiled ??= compile(schema, document) ?? interpreted;
    return compiled(variables, context);
  };
}

/** Undefined if graphql-jit cannot compile the operation. */
function compile(schema: GraphQLSchema, document: DocumentNode): Executed | undefined {
  if (takesNestedInput(schema, document)) return undefined;
  const compiled = compileQuery(schema, document, '', { disableLeafSerialization: false });
  if (!isCompiledQuery(compiled)) return undefined;
  return (variables, context) => compiled.query({}, context, variables);
}

/** graphql-jit writes code for each level of an input type: for a recursive type, until memory ends. */
function takesNestedInput(schema: GraphQLSchema, { definitions }: DocumentNode): boolean {
  return definitions.some(
    (definition) =>
      definition.kind === Kind.OPERATION_DEFINITION &&
      definition.variableDefinitions?.some(({ type }) =>
        isNested(typeFromAST(schema, type as NamedTypeNode), []),
      ),
  );
}

function isNested(type: GraphQLType | undefined, around: readonly GraphQLType[]): boolean {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return false;
  if (around.includes(named)) return true;
  return Object.values(named.getFields()).some((field) => isNested(field.type, [...around, named]));
}
