import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import type { Log } from '../../core/log.ts';
import type { PlanExecutor } from '../executor/create-executor.ts';
import { admittedDocument } from '../plugins/admitted-document.ts';
import type { ApolloContext } from '../plugins/apollo-context.ts';
import { boundedCost } from '../plugins/bounded-cost.ts';
import { limitedLookups } from '../plugins/limited-lookups.ts';
import type { RateLimit } from '../rate-limits/rate-limit.ts';

/** Apollo Server in front of our executor, for admitted operations: see `answerOperations`. */
export function createApollo(
  executor: PlanExecutor,
  supergraphSdl: string,
  options: { readonly isProduction: boolean; readonly log: Log; readonly lookups: RateLimit },
): ApolloServer<ApolloContext> {
  return new ApolloServer<ApolloContext>({
    gateway: {
      load: async () => ({
        executor: ({ document, request, context }) =>
          executor.execute({
            document,
            // The operation name as the client sent it: Apollo's own is null if the document has no operation of
            // that name.
            operationName: request.operationName ?? null,
            variables: request.variables ?? {},
            request: (context as unknown as ApolloContext).request,
          }),
      }),
      onSchemaLoadOrUpdate(callback) {
        callback({ apiSchema: executor.apiSchema, coreSupergraphSdl: supergraphSdl });
        return () => undefined;
      },
      stop: async () => undefined,
    },
    introspection: !options.isProduction,
    includeStacktraceInErrorResponses: false,
    // Automatic persisted queries would let any caller fill a cache; registered operations solve the problem of long
    // queries.
    persistedQueries: false,
    documentStore: null,
    stopOnTerminationSignals: false,
    logger: apolloLogger(options.log),
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      admittedDocument(),
      boundedCost(),
      limitedLookups(options.lookups),
    ],
  });
}

function apolloLogger(log: Log) {
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (message: string) => log.warn('apollo.warning', { message }),
    error: (message: string) => log.error('apollo.error', { message }),
  };
}
