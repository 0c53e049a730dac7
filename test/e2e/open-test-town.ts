import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import { decodeJwt, decodeProtectedHeader, importJWK, type JWTHeaderParameters, SignJWT } from 'jose';
import { type AuditEvent, memoryAudit } from '../../core/audit.ts';
import { systemClock } from '../../core/clock.ts';
import { createLog } from '../../core/log.ts';
import type { Telemetry } from '../../core/telemetry/telemetry.ts';
import type { DemoHypersic } from '../../demo/hypersic/open-hypersic.ts';
import { fetchDemoToken, fetchMachineToken } from '../../demo/identity/fetch-token.ts';
import { providerKeys } from '../../demo/identity/keys.ts';
import type { Level, Method } from '../../demo/identity/sign-in.ts';
import { openTown } from '../../demo/open-town.ts';
import type { PagopaStandIn } from '../../demo/pagopa/start-pagopa.ts';
import { asService, legacyTown, ownTown, testClock } from '../support/databases.ts';

export const transports = ['in-process', 'http'] as const;
export type Transport = (typeof transports)[number];

export interface Answer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly code: string; readonly requestId?: string };
  }[];
}

export interface TestTown {
  readonly graphqlUrl: string;
  readonly issuer: string;
  readonly audience: string;
  readonly events: readonly AuditEvent[];
  /** Names of the statements sent to the legacy system since this was last emptied. */
  readonly statements: string[];
  readonly logLines: readonly string[];
  readonly hypersic: DemoHypersic;
  readonly pagopa: PagopaStandIn;
  readonly listenerUrl: string;
  readonly subgraphUrls: Readonly<Record<string, string>>;
  stopSubgraph(name: string): Promise<void>;
  tokenOf(code: string, method?: Method, level?: Level): Promise<string>;
  machineToken(scope: string): Promise<string>;
  /** The same token as its issuer would have signed it for a time that is over. */
  expired(token: string): Promise<string>;
  ask<Data, Variables>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
    token?: string,
  ): Promise<Answer<Data>>;
  /** A body as it is, with its status. */
  post(body: unknown, headers?: Record<string, string>): Promise<Response>;
  close(): Promise<void>;
}

/** The whole town over the shared legacy tables, with a real identity provider, as a client meets it. */
export async function openTestTown(
  transport: Transport,
  options: {
    readonly legacyUrl?: string;
    readonly ownUrl?: string;
    readonly works?: boolean;
    readonly telemetry?: Telemetry;
    /** Ahead of the real time, for everything but tokens. */
    readonly aheadMs?: () => number;
    /** Whether events of the audit go to our own table, as in production, and not to `events`. */
    readonly keepsAudit?: boolean;
  } = {},
): Promise<TestTown> {
  const dataDir = await mkdtemp(join(tmpdir(), 'town-'));
  const statements: string[] = [];
  const logLines: string[] = [];
  const audit = memoryAudit();
  const town = await openTown({
    host: '127.0.0.1',
    port: 0,
    identityPort: 0,
    hypersicPort: 0,
    hypersicFaultPercent: 0,
    hypersicDecideMs: 0,
    hypersicTiming: { timeoutMs: 500, settleMs: 1_000 },
    pagopaPort: 0,
    pagopaChaos: null,
    pagopaSlotMs: 20,
    publicUrl: null,
    dataDir,
    legacyUrl: options.legacyUrl ?? (await legacyTown()),
    ownUrl: asService(options.ownUrl ?? (await ownTown())),
    secrets: {
      id: 'i'.repeat(32),
      documents: 'd'.repeat(32),
      files: Buffer.alloc(32, 7).toString('base64url'),
      audit: 'a'.repeat(32),
      service: '',
      migrate: '',
      read: '',
      subgraph: 's'.repeat(32),
      hypersic: 'h'.repeat(32),
      pagopa: 'p'.repeat(32),
      node: 'n'.repeat(32),
    },
    transport,
    // What tests wait for is right or wrong, and not slow: a busy machine may take a while.
    requestBudgetMs: 20_000,
    statementTimeoutMs: 15_000,
    works: options.works ?? false,
    ...(options.telemetry === undefined ? {} : { telemetry: options.telemetry }),
    // Tokens live by the real clock; today, which decides what is due, is the tests'.
    clock: {
      now: () => new Date(systemClock.now().getTime() + (options.aheadMs?.() ?? 0)),
      today: () => testClock.today(),
    },
    log: createLog((line) => void logLines.push(line), undefined, undefined, {
      observe: (level, event) => options.telemetry?.logged(level, event),
    }),
    ...(options.keepsAudit === true ? {} : { audit }),
    observe: (name) => void statements.push(name),
  });
  const { graphqlUrl, issuer, audience } = town;
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    fetch(graphqlUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return {
    graphqlUrl,
    issuer,
    audience,
    events: audit.events,
    statements,
    logLines,
    hypersic: town.hypersic,
    pagopa: town.pagopa,
    listenerUrl: town.listenerUrl,
    subgraphUrls: town.subgraphUrls,
    stopSubgraph: town.stopSubgraph,
    tokenOf: (code, method = 'spid', level = 2) => fetchDemoToken({ issuer, audience, code, method, level }),
    machineToken: (scope) => fetchMachineToken(issuer, audience, scope),
    async expired(token) {
      const [key = {}] = (await providerKeys(dataDir)).jwks.keys;
      const { alg, ...header } = decodeProtectedHeader(token) as JWTHeaderParameters;
      return new SignJWT({ ...decodeJwt(token), exp: Math.floor(Date.now() / 1_000) - 60 })
        .setProtectedHeader({ alg, ...header })
        .sign(await importJWK(key, alg));
    },
    async ask(document, variables, token) {
      const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
      const response = await post({ query: print(document), variables }, headers);
      return (await response.json()) as Answer<never>;
    },
    post,
    async close() {
      await town.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
