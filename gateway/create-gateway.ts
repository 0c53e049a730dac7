import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import express, { type Express } from 'express';
import { type EdgeConfig, edgeDefaults } from '../core/edge-config.ts';
import { createHealth, type Lifecycle } from '../core/http/health.ts';
import { closeServer, listenAt } from '../core/http/listen.ts';
import type { TokenVerifier } from '../core/identity/token-verifier.ts';
import type { Log } from '../core/log.ts';
import { logRequests } from '../core/request-log/log-requests.ts';
import { currentBudget, withinBudget } from '../core/resilience/budget.ts';
import { observeRequests } from '../core/telemetry/observe-requests.ts';
import { noTelemetry, type Telemetry } from '../core/telemetry/telemetry.ts';
import { watchParts } from '../core/telemetry/watch-parts.ts';
import { createPlanExecutor } from './executor/create-executor.ts';
import type { SubgraphHost } from './hosts/subgraph-host.ts';
import { authenticate } from './http/authenticate.ts';
import { allowOrigins } from './http/cors.ts';
import { serveFiles } from './http/files.ts';
import { answerHealth } from './http/health.ts';
import { identityOf } from './http/identity-of.ts';
import { limitAddresses, limitCallers, limitedAs, limitFiles } from './http/limit-rates.ts';
import { notFound, onFailure } from './http/not-found.ts';
import { observeDeprecated } from './http/observe-deprecated.ts';
import { createPlaces } from './http/places.ts';
import { readBody } from './http/read-body.ts';
import { referencePages } from './http/reference-pages.ts';
import { schemaFile } from './http/schema-file.ts';
import { dataHeaders, securityHeaders } from './http/security-headers.ts';
import { cutSlowBodies } from './http/slow-bodies.ts';
import { takePlace } from './http/take-place.ts';
import type { FirstOperation } from './landing/first-operation.ts';
import { landingPages } from './landing/landing-pages.ts';
import { createValidationQueue } from './limits/validation-queue.ts';
import { answerOperations } from './operations/answer-operations.ts';
import { createApollo } from './operations/apollo.ts';
import { createRateLimits } from './rate-limits/create-rate-limits.ts';
import type { GatewayStore } from './store/open-store.ts';
import { observed } from './transport/observed.ts';
import { admitOperations } from './trusted-operations/admit-operations.ts';
import { readManifest } from './trusted-operations/manifest.ts';
import { createTrustedOperations } from './trusted-operations/operation-store.ts';

export interface GatewayOptions {
  readonly supergraphSdl: string;
  readonly host: SubgraphHost;
  /** Null: all callers are anonymous. */
  readonly verifier: TokenVerifier | null;
  readonly log: Log;
  readonly isProduction: boolean;
  /** Time limit of one request, all subgraph calls included. */
  readonly requestBudgetMs: number;
  /** How long requests are still answered once it closes, while `/health/serving` says 503; none by default. */
  readonly stopDelayMs?: number;
  /** Origins, limits and proxies that the gateway accepts; the defaults are the safe ones. */
  readonly edge?: EdgeConfig;
  /** State that several gateways share; null: each gateway counts for itself. Closed with the gateway. */
  readonly store?: GatewayStore | null;
  /** Closed with the gateway. */
  readonly telemetry?: Telemetry;
  /** Whether clients reach the gateway by https. */
  readonly isHttps?: boolean;
  /** Called each time Sandbox or GraphiQL opens, so that its token is fresh; null serves neither page. */
  readonly firstOperation: (() => Promise<FirstOperation>) | null;
}

export interface Gateway {
  /** Binds the port and returns it; for 0 the system chooses one. */
  listen(port: number, host: string): Promise<number>;
  readonly stopDelayMs: number;
  /** After `stopDelayMs` accepts no more requests, lets those in flight finish within `graceMs`, then closes the rest. */
  close(graceMs?: number): Promise<void>;
}

/** The one public server: GraphQL, documents, health, and outside production the developers' pages. */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const {
    log,
    host,
    store = null,
    telemetry = noTelemetry,
    edge = edgeDefaults(options.isProduction),
  } = options;
  const executor = createPlanExecutor({
    supergraphSdl: options.supergraphSdl,
    transport: observed(host.transport, telemetry),
    telemetry,
  });
  const trusted = createTrustedOperations({
    schema: executor.apiSchema,
    own: await ownOperations(edge.trustedOperationsPath),
    registered: store,
    log,
  });
  const queue = createValidationQueue();
  const limits = createRateLimits(edge, (name) => store?.sharedPoints(name) ?? null);
  const apollo = createApollo(executor, options.supergraphSdl, { ...options, lookups: limits.lookups });
  await apollo.start();

  const lifecycle: Lifecycle = { isLeaving: false, isStopping: false };
  // Files may take minutes and bodies seconds, so neither uses the places of operations.
  const [operations, files] = [createPlaces(edge.maxInFlight), createPlaces(edge.maxInFlight)];
  const bodies = createPlaces(Math.max(leastBodies, edge.maxInFlight));
  const inFlight = () => operations.taken + files.taken;
  telemetry.gauge('requests_in_flight', () => [{ label: '', value: inFlight() }]);
  watchParts(() => host.check(), telemetry);
  const crossOrigin = allowOrigins(edge.corsOrigins);
  const app = express();
  app.disable('x-powered-by').disable('etag').set('trust proxy', edge.trustedProxies);
  app.use(securityHeaders({ isHttps: options.isHttps ?? false }));
  app.use('/health', dataHeaders(), answerHealth(createHealth(() => host.check(), lifecycle)));
  app.get('/schema.graphql', crossOrigin, schemaFile(executor.apiSchema));
  if (edge.docsPath !== null) app.use('/docs', referencePages(edge.docsPath));
  if (options.firstOperation !== null) app.use(landingPages(options.firstOperation));
  app.use(logRequests(log, telemetry), observeRequests(telemetry), cutSlowBodies());
  for (const folder of ['documents', 'uploads'] as const)
    app.use(
      `/${folder}`,
      crossOrigin,
      limitFiles(limits),
      takePlace(files, lifecycle),
      serveFiles(folder, host),
    );
  app.use(
    '/graphql',
    crossOrigin,
    dataHeaders(),
    limitAddresses(limits),
    authenticate(options.verifier, limits.signInFailures),
    limitCallers(limits),
    ...readBody({ places: bodies }),
    takePlace(operations, lifecycle),
    answerOperations({
      apollo,
      admit: admitOperations({
        schema: executor.apiSchema,
        mode: edge.trustedOperations,
        hidesSchema: options.isProduction,
        trusted,
        queue,
      }),
      within: (work) => withinBudget(options.requestBudgetMs, work),
      contextOf: (request, response) => contextOf(request, response, options),
      observe: observeDeprecated(executor.apiSchema, telemetry),
    }),
  );
  app.use(dataHeaders(), notFound());
  app.use(onFailure(log));
  return serving(app, lifecycle, { inFlight, delayMs: options.stopDelayMs ?? 0 }, async () => {
    await apollo.stop();
    await trusted.close();
    await Promise.all([host.close(), store?.close(), telemetry.close()]);
  });
}

/** Bodies that may arrive at the same time: at most 256 MB together. */
const leastBodies = 1_000;

/** A gateway that serves another supergraph may have no manifest. */
async function ownOperations(path: string): Promise<readonly string[]> {
  const text = await readFile(path, 'utf8').catch(() => null);
  return text === null ? [] : readManifest(text);
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
    limitedAs: limitedAs(request.ip, response),
    request: {
      context: host.openContext(identity),
      headers: {
        'x-request-id': requestId,
        ...(authorization === undefined ? {} : { authorization }),
        ...(acceptLanguage === undefined ? {} : { 'accept-language': acceptLanguage }),
      },
      requestId,
      // The budget that limits the request from here on.
      signal: currentBudget()?.signal ?? AbortSignal.timeout(requestBudgetMs),
      log,
    },
  };
}

/** Longer than a proxy keeps an idle connection, so that the proxy always closes it first. */
const keepAliveTimeoutMs = 65_000;
const headersTimeoutMs = 10_000;
/** Time limit of a whole request, an upload over a slow line included; a body that stalls is cut earlier. */
const requestTimeoutMs = 300_000;
/** Time limit of a connection without traffic, such as one whose client does not read the response. */
const idleTimeoutMs = 120_000;

function serving(
  app: Express,
  lifecycle: Lifecycle,
  { inFlight, delayMs }: { readonly inFlight: () => number; readonly delayMs: number },
  release: () => Promise<void>,
): Gateway {
  const server: Server = createServer(
    {
      headersTimeout: headersTimeoutMs,
      requestTimeout: requestTimeoutMs,
      connectionsCheckingInterval: 2_000,
    },
    app,
  );
  server.keepAliveTimeout = keepAliveTimeoutMs;
  server.setTimeout(idleTimeoutMs);
  return {
    stopDelayMs: delayMs,
    listen: (port, host) => listenAt(server, { port, host, portVariable: 'PORT' }),
    async close(graceMs = 6_000) {
      lifecycle.isLeaving = true;
      // Until proxies have noticed, requests still come.
      if (delayMs > 0) await wait(delayMs);
      lifecycle.isStopping = true;
      const cutAt = performance.now() + graceMs;
      // Requests that arrive meanwhile get a response that says so; a closed port would explain nothing.
      while (inFlight() > 0 && performance.now() < cutAt) await wait(20);
      await closeServer(server, Math.max(0, cutAt - performance.now()));
      await release();
    },
  };
}
