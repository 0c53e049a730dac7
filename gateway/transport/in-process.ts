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
  parse,
  typeFromAST,
} from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { answerWithFindings } from '../../core/unreadable.ts';
import type { PreparedOperation, SubgraphAnswer, SubgraphTransport } from './transport.ts';

/**
 * Runs the subgraphs' schemas in this process.
 *
 * An operation is compiled at its second use: compiling takes milliseconds, and an operation may never be sent
 * again. graphql-jit loses message and path of plain errors; `subgraphs/shared` throws GraphQL errors only.
 */
export function createInProcessTransport(
  schemas: Readonly<Record<string, GraphQLSchema>>,
): SubgraphTransport {
  return {
    prepare(subgraph, { text }) {
      const schema = schemas[subgraph];
      if (schema === undefined) throw new Error(`There is no subgraph ${subgraph} in this process.`);
      const document = parse(text, { noLocation: true });
      const interpreted: PreparedOperation = (variables, { context }) =>
        execute({ schema, document, contextValue: context, variableValues: variables }) as Answer;
      let isFirst = true;
      let compiled: PreparedOperation | undefined;
      return (variables, request) => {
        if (isFirst) {
          isFirst = false;
          return run(interpreted, variables, request);
        }
        compiled ??= compile(schema, document) ?? interpreted;
        return run(compiled, variables, request);
      };
    },
  };
}

/**
 * Logs deviations of the legacy system from its documentation, and adds an error for each list that lacks rows.
 */
function run(
  prepared: PreparedOperation,
  ...[variables, request]: Parameters<PreparedOperation>
): SubgraphAnswer | Promise<SubgraphAnswer> {
  const log = () => request.log.child({ requestId: request.requestId });
  return answerWithFindings(log, () => prepared(variables, request));
}

/** Undefined if graphql-jit cannot compile the operation. */
function compile(schema: GraphQLSchema, document: DocumentNode): PreparedOperation | undefined {
  if (takesNestedInput(schema, document)) return undefined;
  const compiled = compileQuery(schema, document, '', { disableLeafSerialization: false });
  if (!isCompiledQuery(compiled)) return undefined;
  return (variables, { context }) => compiled.query({}, context, variables) as Answer;
}

type Answer = (SubgraphAnswer & ExecutionResult) | Promise<SubgraphAnswer>;

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
