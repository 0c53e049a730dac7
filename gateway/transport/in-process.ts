import { type GraphQLSchema, parse } from 'graphql';
import { prepareExecution } from '../../core/prepared-execution.ts';
import { answerWithFindings } from '../../core/unreadable.ts';
import type { SubgraphAnswer, SubgraphTransport } from './transport.ts';

/** Runs the subgraphs' schemas in this process. */
export function createInProcessTransport(
  schemas: Readonly<Record<string, GraphQLSchema>>,
): SubgraphTransport {
  return {
    prepare(subgraph, { text }) {
      const schema = schemas[subgraph];
      if (schema === undefined) throw new Error(`There is no subgraph ${subgraph} in this process.`);
      const execute = prepareExecution(schema, parse(text, { noLocation: true }));
      // Logs deviations of the legacy system from its documentation, and adds an error for each list that lacks rows.
      return (variables, { context, log, requestId }) =>
        answerWithFindings(
          () => log.child({ requestId }),
          () => execute(variables, context) as SubgraphAnswer | Promise<SubgraphAnswer>,
        );
    },
  };
}
