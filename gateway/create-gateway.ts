import { createServer, type Server } from 'node:http';
import { expressMiddleware } from '@as-integrations/express5';
import express, { type Express } from 'express';
import type { TokenVerifier } from '../core/identity/token-verifier.ts';
import type { Log } from '../core/log.ts';
import { currentBudget } from '../core/resilience/budget.ts';
import { createApollo } from './apollo.ts';
import { createPlanExecutor } from './executor/create-executor.ts';
import type { SubgraphHost } from './hosts/subgraph-host.ts';
import { authenticate } from './http/authenticate.ts';
import { checkDocuments } from './http/check-document.ts';
import { serveDocuments } from './http/documents.ts';
import { health } from './http/health.ts';
import { identityOf } from './http/identity-of.ts';
import { notFound, onFailure } from './http/not-found.ts';
import { requestBudget } from './http/request-budget.ts';
import { securityHeaders } from './http/security-headers.ts';
import type { FirstOperation } from './landing/first-operation.ts';
import { landingPages } from './landing/landing-pages.ts';

export interface GatewayOptions {
  readonly supergraphSdl: string;
  readonly host: SubgraphHost;
  /** Null: everybody is anonymous. */
  readonly verifier: TokenVerifier | null;
  readonly log: Log;
  readonly isProduction: boolean;
  /** How long one request may take, all subgraph calls together. */
  readonly requestBudgetMs: number;
  /** Made anew each time Sandbox or GraphiQL opens, so that its token is fresh; null serves neither. */
  readonly firstOperation: (() => Promise<FirstOperation>) | null;
}

export interface Gateway {
  /** Binds and answers the port, the one chosen by the system for 0. */
  listen(port: number, hostname: string): Promise<number>;
  /** Stops accepting, lets requests in flight finish within `graceMs`, then closes what is left. */
  close(graceMs?: number): Promise<void>;
}

/** A request body: large enough for any document and its variables. Files go to signed upload addresses. */
const maxBodyBytes = 256 * 1024;

/** The one public server: GraphQL, documents, health, and outside production the developers' pages. */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const executor = createPlanExecutor({
    supergraphSdl: options.supergraphSdl,
    transport: options.host.transport,
  });
  const apollo = createApollo(executor, options.supergraphSdl, options);
  await apollo.start();

  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.use(securityHeaders());
  app.use('/health', health(options.host));
  if (options.firstOperation !== null) app.use(landingPages(options.firstOperation));
  app.use('/documents', serveDocuments(options.host));
  app.use(
    '/graphql',
    authenticate(options.verifier),
    express.json({ limit: maxBodyBytes }),
    checkDocuments(),
    requestBudget(options.requestBudgetMs),
  );
  app.use(
    '/graphql',
    expressMiddleware(apollo, { context: async ({ req, res }) => contextOf(req, res, options) }),
  );
  app.use(notFound());
  app.use(onFailure(options.log));
  return serving(app, async () => {
    await apollo.stop();
    await options.host.close();
  });
}

function contextOf(
  request: express.Request,
  response: express.Response,
  { host, log, requestBudgetMs }: GatewayOptions,
) {
  const identity = identityOf(response);
  const { requestId } = identity;
  const { authorization, 'accept-language': acceptLanguage } = request.headers;
  return {
    identity,
    request: {
      scope: host.openScope(identity),
      headers: {
        'x-request-id': requestId,
        ...(authorization === undefined ? {} : { authorization }),
        ...(acceptLanguage === undefined ? {} : { 'accept-language': acceptLanguage }),
      },
      requestId,
      // The budget in which the request runs from here on.
      signal: currentBudget()?.signal ?? AbortSignal.timeout(requestBudgetMs),
      log,
    },
  };
}

function serving(app: Express, release: () => Promise<void>): Gateway {
  const server: Server = createServer(app);
  return {
    listen: (port, hostname) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, hostname, () => {
          const address = server.address();
          resolve(typeof address === 'object' && address !== null ? address.port : port);
        });
      }),
    async close(graceMs = 8_000) {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const cut = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(cut);
      await release();
    },
  };
}
