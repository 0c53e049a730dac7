import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, type OperationDefinitionNode } from 'graphql';
import { type Cost, compileCost } from '../limits/cost.ts';
import { maxObjects } from '../limits/limits.ts';
import type { ApolloContext } from './apollo-context.ts';

/**
 * Refuses an operation whose page sizes multiply to more than `most` objects. Compiled once for each operation.
 */
export function boundedCost(most = maxObjects): ApolloServerPlugin<ApolloContext> {
  const costs = new WeakMap<OperationDefinitionNode, Cost>();
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ schema, operation, document, request }) {
          if (operation === undefined) return;
          const known = costs.get(operation);
          const cost = known ?? compileCost(schema, operation, document);
          if (known === undefined) costs.set(operation, cost);
          const objects = cost(request.variables ?? {});
          if (objects <= most) return;
          throw new GraphQLError(
            `The operation may bring ${objects} objects, by its page sizes; at most ${most} are accepted. Ask for smaller pages.`,
            { extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } } },
          );
        },
      };
    },
  };
}
