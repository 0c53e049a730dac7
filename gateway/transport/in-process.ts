import { type ExecutionResult, execute, type GraphQLSchema, parse } from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import type { SubgraphAnswer, SubgraphTransport } from './transport.ts';

/**
 * Runs the subgraphs' schemas in this process, each operation compiled once a plan.
 *
 * graphql-jit loses message and path of plain errors; the subgraphs' skeleton throws GraphQL errors only.
 */
export function createInProcessTransport(
  schemas: Readonly<Record<string, GraphQLSchema>>,
): SubgraphTransport {
  return {
    prepare(subgraph, { text }) {
      const schema = schemas[subgraph];
      if (schema === undefined) throw new Error(`There is no subgraph ${subgraph} in this process.`);
      const document = parse(text, { noLocation: true });
      const compiled = compileQuery(schema, document, '', { disableLeafSerialization: false });
      if (isCompiledQuery(compiled)) {
        return (variables, { scope }) => compiled.query({}, scope, variables) as Answer;
      }
      return (variables, { scope }) =>
        execute({ schema, document, contextValue: scope, variableValues: variables }) as Answer;
    },
  };
}

type Answer = (SubgraphAnswer & ExecutionResult) | Promise<SubgraphAnswer>;
