import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { expressMiddleware } from '@as-integrations/express5';
import express, { type RequestHandler } from 'express';
import { type DocumentNode, execute, type GraphQLSchema, Kind } from 'graphql';
import { AppError } from '../../../core/errors.ts';
import { createHealth, type Lifecycle } from '../../../core/http/health.ts';
import { languageOf } from '../../../core/http/language.ts';
import { closeServer, listenAt } from '../../../core/http/listen.ts';
import { requestIdOf, takeRequestId } from '../../../core/http/request-id.ts';
import { sendError } from '../../../core/http/send-error.ts';
import type { TokenVerifier } from '../../../core/identity/token-verifier.ts';
import { type Executed, prepareExecution } from '../../../core/prepared-execution.ts';
import { logRequests } from '../../../core/request-log/log-requests.ts';
import { withinBudget } from '../../../core/resilience/budget.ts';
import { createSecretCheck } from '../../../core/secret-check.ts';
import { observeRequests } from '../../../core/telemetry/observe-requests.ts';
import { noTelemetry, type Telemetry } from '../../../core/telemetry/telemetry.ts';
import { incompleteErrors, withFindings } from '../../../core/unreadable.ts';
import { serveDocument } from '../documents/serve-document.ts';
import { createRequestContext, type RequestContext, type Services } from '../request-context.ts';
import { serveUpload } from '../uploads/serve-upload.ts';
import { checkServices } from './check-services.ts';
import type { Subgraph } from './create-subgraph.ts';

export interface SubgraphServerOptions {
  readonly subgraph: Subgraph;
  readonly services: Services;
  /** Each subgraph verifies the token itself; it does not rely on the gateway's check. */
  readonly verifier: TokenVerifier;
  /** The gateway's credential is one of them; requests without it are refused. */
  readonly secrets: readonly string[];
  readonly telemetry?: Telemetry;
  /** How long requests are still answered once it closes, while its health says 503; none by default. */
  readonly stopDelayMs?: number;
}

export interface SubgraphServer {
  listen(port: number, host: string): Promise<number>;
  /** After `stopDelayMs` accepts no more requests, and lets those in flight finish. */
  close(): Promise<void>;
}

/** One subgraph behind HTTP. It answers the gateway only. */
export async function serveSubgraph(options: SubgraphServerOptions): Promise<SubgraphServer> {
  const { subgraph, services, secrets, telemetry = noTelemetry, stopDelayMs = 0 } = options;
  const lifecycle: Lifecycle = { isLeaving: false, isStopping: false };
  const executed = executorOf(subgraph.schema);
  const apollo = new ApolloServer<RequestContext>({
    gateway: {
      load: async () => ({
        executor: async ({ document, operationName, request, context }) =>
          executed(document, operationName, request.variables ?? {}, context),
      }),
      onSchemaLoadOrUpdate(callback) {
        callback({ apiSchema: subgraph.schema, coreSupergraphSdl: '' });
        return () => undefined;
      },
      stop: async () => undefined,
    },
    introspection: true,
    persistedQueries: false,
    csrfPrevention: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      saysWhatIsMissing,
    ],
  });
  await apollo.start();
  const health = createHealth(() => checkServices(services), lifecycle);
  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.use(closeWhenLeaving(lifecycle));
  app.get('/health/live', (_request, response) => void response.json({ status: 'ok' }));
  app.use(onlyGateway(secrets));
  app.get('/health/ready', async (_request, response) => {
    const ready = await health('/ready');
    response.status(ready?.status ?? 503).json(ready?.body ?? {});
  });
  app.use(logRequests(services.log.child({ subgraph: subgraph.name }), telemetry));
  if (telemetry.isOn) app.use('/graphql', observeRequests(telemetry));
  app.use('/documents', async (request, response) => {
    request.url = request.originalUrl;
    const language = languageOf(request.headers['accept-language']);
    await serveDocument(subgraph, services, { requestId: requestIdOf(request), language }, request, response);
  });
  app.use('/uploads', async (request, response) => {
    request.url = request.originalUrl;
    const language = languageOf(request.headers['accept-language']);
    await serveUpload(subgraph, services, { requestId: requestIdOf(request), language }, request, response);
  });
  app.use(
    '/graphql',
    express.json({ limit: '4mb' }),
    openContext(options),
    withinGatewaysBudget(),
    logFindings,
  );
  app.use(
    '/graphql',
    expressMiddleware(apollo, { context: async ({ res }) => res.locals.context as RequestContext }),
  );
  return serving(createServer(app), lifecycle, stopDelayMs, () => apollo.stop());
}

/**
 * Runs operations as the gateway does with subgraphs of its own process: gateways send few different ones, many times.
 * Apollo Server hands the same document object for the same text while it keeps it.
 */
function executorOf(schema: GraphQLSchema) {
  const prepared = new WeakMap<DocumentNode, Executed>();
  return (document: DocumentNode, operationName: string | null, ...run: Parameters<Executed>) => {
    if (!isAlone(document)) {
      const [variableValues, contextValue] = run;
      return execute({ schema, document, operationName, variableValues, contextValue });
    }
    const known = prepared.get(document);
    if (known !== undefined) return known(...run);
    const made = prepareExecution(schema, document);
    prepared.set(document, made);
    return made(...run);
  };
}

function isAlone({ definitions }: DocumentNode): boolean {
  return definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION).length === 1;
}

/** An error of each list that lacks rows which cannot be read. */
const saysWhatIsMissing: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ response: { body } }) {
        const errors = incompleteErrors().map((error) => error.toJSON());
        if (body.kind !== 'single' || errors.length === 0) return;
        body.singleResult.errors = [...(body.singleResult.errors ?? []), ...errors];
      },
    };
  },
};

const logFindings: RequestHandler = (_request, response, next) => {
  withFindings(
    () => (response.locals.context as RequestContext).log,
    () => next(),
  );
};

function onlyGateway(secrets: readonly string[]): RequestHandler {
  const isGateways = createSecretCheck(secrets);
  return (request, response, next) => {
    if (isGateways(request.headers['x-subgraph-secret'])) {
      takeRequestId(request);
      return next();
    }
    const message = 'This subgraph answers its gateway only.';
    sendError(response, 403, { code: 'FORBIDDEN', message, requestId: requestIdOf(request) });
  };
}

/** The gateway says how long it waits; nothing is asked for longer than that, nor than five seconds. */
function withinGatewaysBudget(longestMs = 5_000): RequestHandler {
  return (request, _response, next) => {
    const given = Number(request.headers['x-request-budget-ms']);
    withinBudget(given > 0 ? Math.min(given, longestMs) : longestMs, () => next());
  };
}

function openContext({ services, verifier }: SubgraphServerOptions): RequestHandler {
  return async (request, response, next) => {
    const requestId = requestIdOf(request);
    const language = languageOf(request.headers['accept-language']);
    try {
      const caller = await verifier.verify(request.headers.authorization);
      response.locals.context = createRequestContext(services, { caller, requestId, language });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const { code, message } = error;
      return sendError(response, code === 'UNAUTHENTICATED' ? 401 : 503, { code, message, requestId });
    }
    next();
  };
}

/** The next request of a connection is for another process: one that is closed while it is sent would be lost. */
function closeWhenLeaving(lifecycle: Lifecycle): RequestHandler {
  return (_request, response, next) => {
    if (lifecycle.isLeaving) response.setHeader('connection', 'close');
    next();
  };
}

/** Longer than a gateway or a proxy keeps an idle connection, so that they always close it first. */
const keepAliveTimeoutMs = 65_000;

function serving(
  server: ReturnType<typeof createServer>,
  lifecycle: Lifecycle,
  stopDelayMs: number,
  release: () => Promise<void>,
): SubgraphServer {
  server.keepAliveTimeout = keepAliveTimeoutMs;
  return {
    listen: (port, host) => listenAt(server, { port, host, portVariable: 'PORT' }),
    async close() {
      lifecycle.isLeaving = true;
      // Until the gateways' proxies have noticed, requests still come.
      if (stopDelayMs > 0) await wait(stopDelayMs);
      lifecycle.isStopping = true;
      await closeServer(server);
      await release();
    },
  };
}
