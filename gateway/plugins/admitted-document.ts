import type { ApolloServerPlugin } from '@apollo/server';
import type { ApolloContext } from '../apollo.ts';

/** Hands Apollo Server the document that was admitted: it neither parses nor validates one of its own. */
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
