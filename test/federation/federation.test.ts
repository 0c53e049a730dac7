import { isDeepStrictEqual } from 'node:util';
import { ApolloGateway, LocalGraphQLDataSource } from '@apollo/gateway';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type DocumentNode, execute, parse, validate } from 'graphql';
import { silentLog } from '../../core/log.ts';
import { createPlanExecutor } from '../../gateway/executor/create-executor.ts';
import { createInProcessTransport } from '../../gateway/transport/in-process.ts';
import { type RandomOperation, randomOperation } from '../oracle/random-operation.ts';
import { createSupergraph, type SupergraphCase } from './supergraph.ts';
import { supergraphs } from './supergraphs/index.ts';

/** Random operations over all supergraphs together. */
const runs = Number(process.env.FEDERATION_RUNS ?? 240);
// Apollo's gateway would report this machine to its maker; package.json leaves out what it needs for that.
process.env.APOLLO_TELEMETRY_DISABLED = 'true';
const runsOfEach = Math.ceil(runs / supergraphs.length);
const isSoak = process.env.FEDERATION_RUNS !== undefined;
/** A busy machine does fewer of them; a soak does all. */
const bounds = isSoak ? {} : { interruptAfterTimeLimit: 600 };

const vocabulary = {
  ID: ['a', 'b'],
  Int: [0, 1, 5, null],
  String: ['x', '', null],
  Float: [0.5, 0, null],
  Boolean: [true, false, null],
  JSON: [{ a: 1 }, [1], 0, null],
  Date: ['2026-01-01', null],
};

function open(supergraph: SupergraphCase) {
  const { supergraphSdl, subgraphs, merged } = createSupergraph(supergraph);
  const ours = createPlanExecutor({ supergraphSdl, transport: createInProcessTransport(subgraphs) });
  const byOracle = async (document: DocumentNode, variables: RandomOperation['variables']) => {
    const calls: string[] = [];
    const answer = await execute({
      schema: merged,
      document,
      variableValues: variables,
      contextValue: { calls },
    });
    return { answer, calls };
  };
  const byUs = async (document: DocumentNode, variables: RandomOperation['variables']) => {
    const calls: string[] = [];
    const { signal } = new AbortController();
    const answer = await ours.execute({
      document,
      operationName: null,
      variables,
      request: { context: { calls }, headers: {}, requestId: 'r', signal, log: silentLog },
    });
    return { answer, calls };
  };
  const kinds = merged.getMutationType() ? (['query', 'mutation'] as const) : (['query'] as const);
  const operations = fc.oneof(
    ...kinds.map((kind) => randomOperation(ours.apiSchema, vocabulary, { kind, maxDepth: 4 })),
  );
  return { ours, supergraphSdl, subgraphs, byOracle, byUs, operations };
}

describe('a supergraph of', () => {
  it.each(supergraphs.map((supergraph) => [supergraph.name, supergraph] as const))(
    '%s answers what the merged graph answers',
    async (_, supergraph) => {
      const { ours, byOracle, byUs, operations } = open(supergraph);
      await fc.assert(
        fc.asyncProperty(operations, async ({ source, variables }) => {
          const document = parse(source);
          fc.pre(validate(ours.apiSchema, document).length === 0);
          const expected = await byOracle(document, variables);
          expect(expected.answer.errors).toBeUndefined();
          const given = await byUs(document, variables);
          expect(given.answer.errors).toBeUndefined();
          expect(JSON.stringify(given.answer.data)).toBe(JSON.stringify(expected.answer.data));
          // Mutations happen in the client's order, each once.
          expect(given.calls).toEqual(expected.calls);
        }),
        { numRuns: runsOfEach, ...bounds },
      );
    },
  );
});

// The merged graphs are made by the same hands as the subgraphs: another gateway, which shares nothing with ours, must
// mostly agree with them. Where it does not, it is wrong or fails; that is known of a few kinds of supergraph.
describe('the merged graphs', () => {
  it('are what Apollo Gateway answers too, nearly always', async () => {
    const each = isSoak ? 40 : 3;
    let compared = 0;
    const differing: string[] = [];
    for (const supergraph of supergraphs) {
      const { ours, supergraphSdl, subgraphs, byOracle } = open(supergraph);
      const gateway = new ApolloGateway({
        supergraphSdl,
        buildService: ({ name }) => new LocalGraphQLDataSource(subgraphs[name] as never),
        logger: { debug() {}, info() {}, warn() {}, error() {} },
      });
      await gateway.load({ apollo: {} } as never);
      const plain = randomOperation(ours.apiSchema, vocabulary, { maxDepth: 4, isWild: false });
      for (const { source, variables } of fc.sample(plain, { numRuns: each, seed: 7 })) {
        const document = parse(source);
        if (validate(ours.apiSchema, document).length > 0) continue;
        const theirs = await gateway
          .executor({
            document,
            request: { query: source, variables },
            operationName: 'Random',
            queryHash: source,
            context: { calls: [] },
            cache: undefined,
            logger: console,
            metrics: {},
            schema: ours.apiSchema,
            schemaHash: '',
            source,
          } as never)
          .catch(() => ({ data: undefined }));
        const { answer } = await byOracle(document, variables);
        compared++;
        if (!isDeepStrictEqual(asJson(theirs.data), asJson(answer.data))) differing.push(supergraph.name);
      }
      await gateway.stop();
    }
    expect(compared).toBeGreaterThan(supergraphs.length * 2);
    expect(differing.length).toBeLessThanOrEqual(compared * 0.05);
  }, 120_000);
});

/** Without the prototypes that executors give their objects. */
function asJson(data: unknown): unknown {
  return data === undefined ? undefined : JSON.parse(JSON.stringify(data));
}
