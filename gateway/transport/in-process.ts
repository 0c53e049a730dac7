import { type DocumentNode, type ExecutionResult, execute, type GraphQLSchema, parse } from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import type { PreparedOperation, SubgraphAnswer, SubgraphTransport } from './transport.ts';

/**
 * Runs the subgraphs' schemas in this process.
 *
 * An operation is compiled when it comes again: that takes milliseconds, and an operation that nobody sent before may
 * never be sent again. graphql-jit loses message and path of plain errors; the subgraphs' skeleton throws GraphQL
 * errors only.
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
          return interpreted(variables, request);
        }
        compiled ??= compile(schema, document) ?? interpreted;
        return compiled(variables, request);
      };
    },
  };
}

/** Undefined for what graphql-jit cannot compile. */
function compile(schema: GraphQLSchema, document: DocumentNode): PreparedOperation | undefined {
  const compiled = compileQuery(schema, document, '', { disableLeafSerialization: false });
  if (!isCompiledQuery(compiled)) return undefined;
  return (variables, { context }) => compiled.query({}, context, variables) as Answer;
}

type Answer = (SubgraphAnswer & ExecutionResult) | Promise<SubgraphAnswer>;
