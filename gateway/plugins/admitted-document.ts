import type { ApolloServerPlugin } from '@apollo/server';
import type { ApolloContext } from './apollo-context.ts';

/** Gives Apollo Server the admitted document: it neither parses nor validates one itself. */
export function admittedDocument(): ApolloServerPlugin<ApolloContext> {
  return {
    async requestDidStart() {
      return {
        async didResolveSource(requestContext) {
          Object.assign(requestContext, { document: requestContext.contextValue.document });
        },
      };
    },
  };
}
