import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import type { Log } from '../core/log.ts';
import type { PlanExecutor } from './executor/create-executor.ts';
import type { RequestIdentity } from './hosts/subgraph-host.ts';
import { maxTokens } from './limits/limits.ts';
import type { GatewayRequest } from './transport/transport.ts';

/** What Apollo hands from the HTTP layer to the executor. */
export interface ApolloContext {
  readonly identity: RequestIdentity;
  readonly request: GatewayRequest;
}

/** Apollo Server in front of our executor: it speaks GraphQL over HTTP, parses, validates and answers. */
export function createApollo(
  executor: PlanExecutor,
  supergraphSdl: string,
  options: { readonly isProduction: boolean; readonly log: Log },
): ApolloServer<ApolloContext> {
  return new ApolloServer<ApolloContext>({
    gateway: {
      load: async () => ({
        executor: ({ document, request, operationName, context }) =>
          executor.execute({
            document,
            operationName,
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
    hideSchemaDetailsFromClientErrors: options.isProduction,
    includeStacktraceInErrorResponses: false,
    // Automatic persisted queries let anybody fill a cache; trusted documents are the answer to long queries.
    persistedQueries: false,
    parseOptions: { maxTokens },
    stopOnTerminationSignals: false,
    logger: apolloLogger(options.log),
    plugins: [ApolloServerPluginLandingPageDisabled(), requestIdOnErrors(), statusOfRequestErrors()],
  });
}

function requestIdOnErrors(): ApolloServerPlugin<ApolloContext> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ response, contextValue }) {
          if (response.body.kind !== 'single') return;
          const { errors } = response.body.singleResult;
          if (errors === undefined) return;
          const { requestId } = contextValue.identity;
          response.body.singleResult.errors = errors.map((error) => ({
            ...error,
            extensions: { ...error.extensions, requestId },
          }));
        },
      };
    },
  };
}

/** An operation that was refused before it ran is the client's mistake, and its status says so. */
function statusOfRequestErrors(): ApolloServerPlugin<ApolloContext> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ response }) {
          if (response.body.kind !== 'single' || response.body.singleResult.data !== undefined) return;
          const code = response.body.singleResult.errors?.[0]?.extensions?.code;
          if (code === 'BAD_USER_INPUT') response.http.status = 400;
          if (code === 'OVERLOADED') response.http.status = 503;
        },
      };
    },
  };
}

function apolloLogger(log: Log) {
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (message: string) => log.warn('apollo.warning', { message }),
    error: (message: string) => log.error('apollo.error', { message }),
  };
}
