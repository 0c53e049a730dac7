import { buildSubgraphSchema } from '@apollo/subgraph';
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { type EdgeConfig, edgeDefaults } from '../../core/edge-config.ts';
import type { TokenVerifier } from '../../core/identity/token-verifier.ts';
import { createLog } from '../../core/log.ts';
import { createGateway, type Gateway } from '../../gateway/create-gateway.ts';
import type { SubgraphHost } from '../../gateway/hosts/subgraph-host.ts';
import type { GatewayStore } from '../../gateway/store/open-store.ts';
import { createInProcessTransport } from '../../gateway/transport/in-process.ts';

/** A gateway over a graph that is none of ours, as a client meets it. */
export interface TinyGateway {
  readonly url: string;
  readonly gateway: Gateway;
  readonly logLines: readonly string[];
  /** Lets `slow` answer, however often it was asked. */
  release(): void;
  ask(body: unknown, headers?: Record<string, string>): Promise<TinyAnswer>;
  close(): Promise<void>;
}

export interface TinyAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: {
    readonly data?: Record<string, unknown> | null;
    readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
  };
}

export interface TinyOptions {
  readonly isProduction?: boolean;
  readonly edge?: Partial<EdgeConfig>;
  readonly verifier?: TokenVerifier | null;
  readonly store?: GatewayStore | null;
  readonly stopDelayMs?: number;
  /** Parts of the host in place of those of this process. */
  readonly host?: Partial<SubgraphHost>;
}

const typeDefs = {
  words: `
    scalar Date
    enum Kind { HIGH LOW }
    input Range { from: Date to: Date! limit: Int! = 5 kinds: [Kind!] notes: [String!] inner: Range }
    type Query {
      hello(to: String): String
      slow: String
      paymentNotice(number: ID!): String
      books(first: Int = 10): [Book!]
      given(
        id: ID ids: [ID!] on: Date range: Range kind: Kind kinds: [Kind!] text: String ratio: Float
        size: Int! = 20 sizes: [Int!]! = [1] flag: Boolean! = true
      ): String
    }
    type Mutation { bump(by: Int! = 1): Int payNotice(number: ID!): String }
    type Book @key(fields: "id") { id: ID! title: String }`,
  shelves: `type Book @key(fields: "id") { id: ID! shelf(kind: Kind = HIGH): String } enum Kind { HIGH LOW }`,
};
const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])\n';

export const tinySupergraph = (() => {
  const services = Object.entries(typeDefs).map(([name, sdl]) => ({ name, typeDefs: parse(link + sdl) }));
  return composeServices(services).supergraphSdl ?? '';
})();

export async function openTinyGateway({
  isProduction = false,
  edge = {},
  verifier = null,
  store = null,
  stopDelayMs = 0,
  host = {},
}: TinyOptions = {}): Promise<TinyGateway> {
  const logLines: string[] = [];
  let count = 0;
  let waiting: (() => void)[] = [];
  const resolvers = {
    words: {
      Query: {
        hello: (_: unknown, { to }: { to?: string }) => `hello ${to ?? 'you'}`,
        slow: () => new Promise((resolve) => waiting.push(() => resolve('done'))),
        paymentNotice: () => null,
        given: (_: unknown, args: unknown) => JSON.stringify(args),
        books: (_: unknown, { first }: { first: number }) =>
          Array.from({ length: first }, (_book, id) => ({ id: String(id), title: `Book ${id}` })),
      },
      Mutation: {
        bump: (_: unknown, { by }: { by: number }) => {
          count += by;
          return count;
        },
        payNotice: () => null,
      },
    },
    shelves: { Book: { shelf: ({ id }: { id: string }) => `S${id}` } },
  };
  const schemas = Object.entries(typeDefs).map(([name, sdl]) => [
    name,
    buildSubgraphSchema([
      { typeDefs: parse(link + sdl), resolvers: resolvers[name as keyof typeof resolvers] as never },
    ]),
  ]);
  const gateway = await createGateway({
    supergraphSdl: tinySupergraph,
    host: {
      transport: createInProcessTransport(Object.fromEntries(schemas)),
      openContext: () => ({}),
      serveFile: async () => false,
      check: async () => ({}),
      close: async () => undefined,
      ...host,
    },
    verifier,
    store,
    log: createLog((line) => void logLines.push(line)),
    isProduction,
    requestBudgetMs: 5_000,
    stopDelayMs,
    edge: { ...edgeDefaults(isProduction), ...edge },
    firstOperation: null,
  });
  const url = `http://127.0.0.1:${await gateway.listen(0, '127.0.0.1')}/graphql`;
  return {
    url,
    gateway,
    logLines,
    release() {
      for (const answer of waiting) answer();
      waiting = [];
    },
    async ask(body, headers = {}) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        text,
        body: text === '' ? {} : JSON.parse(text),
      };
    },
    close: () => gateway.close(),
  };
}

/** The status and the code of its first error. */
export function outcomeOf({ status, body }: TinyAnswer): readonly [number, string | undefined] {
  return [status, body.errors?.[0]?.extensions.code];
}
