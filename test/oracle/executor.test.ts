import { isDeepStrictEqual } from 'node:util';
import { ApolloGateway, LocalGraphQLDataSource } from '@apollo/gateway';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { execute, parse, validate } from 'graphql';
import { silentLog } from '../../core/log.ts';
import { createPlanExecutor } from '../../gateway/executor/create-executor.ts';
import { createInProcessTransport } from '../../gateway/transport/in-process.ts';
import { type RandomOperation, randomOperation } from './random-operation.ts';
import { createSmallTown } from './small-town.ts';

const runs = Number(process.env.ORACLE_RUNS ?? 120);
/** A busy machine does fewer of them; a soak does all. */
const bounds = process.env.ORACLE_RUNS === undefined ? { interruptAfterTimeLimit: 12_000 } : {};
// Apollo's gateway would report this machine to its maker; package.json leaves out what it needs for that.
process.env.APOLLO_TELEMETRY_DISABLED = 'true';
const town = createSmallTown();
const ours = createPlanExecutor({
  supergraphSdl: town.supergraphSdl,
  transport: createInProcessTransport(town.subgraphs),
});
const request = () => ({
  context: {},
  headers: {},
  requestId: 'r',
  signal: new AbortController().signal,
  log: silentLog,
});
const vocabulary = {
  id: ['p1', 'p2', 'c1', 'c3', 'i1', 'i2', 'd1', 'nobody'],
  first: [0, 1, 5, null],
  open: [true, false, null],
};
/**
 * The planner (0.0.38) does not plan a field with `@requires` on an entity reached through another field of the
 * same subgraph ("Path … cannot be found in selection set"): such operations are refused whole, and the project's
 * own schema uses no `@requires`. They are left out here and have a test of their own.
 */
const without = ['cost'];
const operations = randomOperation(ours.apiSchema, vocabulary, { without });
/** For the comparison with Apollo Gateway, which is wrong where a response key means something else too. */
const plainOperations = randomOperation(ours.apiSchema, vocabulary, { without, isWild: false });

/** Without the prototypes that executors give their objects. */
function asJson(data: unknown): unknown {
  return data === undefined ? undefined : JSON.parse(JSON.stringify(data));
}

async function byOracle(source: string, variables: Readonly<Record<string, unknown>>) {
  return execute({ schema: town.merged, document: parse(source), variableValues: variables });
}

function byUs({ source, variables }: RandomOperation, document = parse(source)) {
  return ours.execute({ document, operationName: 'Random', variables, request: request() });
}

/** Whether the path is one of the answer, in the client's names, and ends at a null or below one. */
function leadsToNull(data: unknown, path: readonly (string | number)[]): boolean {
  let value: unknown = data;
  for (const key of path) {
    if (value === null) return true;
    value = Object.hasOwn(value as object, key)
      ? (value as Record<string | number, unknown>)[key]
      : undefined;
  }
  return value === null;
}

describe('the plan executor, over random operations', () => {
  it('answers what one plain schema answers, field for field and in its order', async () => {
    await fc.assert(
      fc.asyncProperty(operations, async (operation) => {
        const { source, variables } = operation;
        const document = parse(source);
        fc.pre(validate(ours.apiSchema, document).length === 0);
        const { data, errors } = await byOracle(source, variables);
        // The second time the subgraphs' operations are compiled.
        for (const answer of [await byUs(operation, document), await byUs(operation, document)]) {
          expect(JSON.stringify(answer.data)).toBe(JSON.stringify(data));
          expect(answer.errors === undefined).toBe(errors === undefined);
          for (const { path } of answer.errors ?? []) expect(leadsToNull(answer.data, path ?? [])).toBe(true);
        }
      }),
      { numRuns: runs, ...bounds },
    );
  });

  it('brings what a field requires from where it is', async () => {
    const document = parse('{ me { children { cost } } }');
    const answer = await ours.execute({ document, operationName: null, variables: {}, request: request() });
    expect(answer).toEqual({ data: { me: { children: [{ cost: 93 }, { cost: null }] } } });
  });

  describe('beside Apollo Gateway', () => {
    let gateway: ApolloGateway;
    beforeAll(async () => {
      gateway = new ApolloGateway({
        supergraphSdl: town.supergraphSdl,
        buildService: ({ name }) => new LocalGraphQLDataSource(town.subgraphs[name] as never),
      });
      await gateway.load({ apollo: {} } as never);
    });

    // Apollo Gateway is silently wrong in a few cases of the public audit, and now and then here: where it
    // differs from the plain schema, the plain schema is right. That must stay rare, or nothing is compared.
    it('answers the same', async () => {
      let compared = 0;
      let gatewayWrong = 0;
      await fc.assert(
        fc.asyncProperty(plainOperations, async (operation) => {
          const { source, variables } = operation;
          const document = parse(source);
          fc.pre(validate(ours.apiSchema, document).length === 0);
          const theirs = await gateway.executor({
            document,
            request: { query: source, variables },
            operationName: 'Random',
            queryHash: source,
            context: {},
            cache: undefined,
            logger: console,
            metrics: {},
            schema: ours.apiSchema,
            schemaHash: '',
            source,
          } as never);
          const answer = await byUs(operation, document);
          compared++;
          const plain = asJson((await byOracle(source, variables)).data);
          const theirData = asJson(theirs.data);
          if (!isDeepStrictEqual(theirData, plain)) gatewayWrong++;
          else expect(answer.data).toEqual(theirData);
          expect(JSON.stringify(answer.data)).toBe(JSON.stringify(plain));
        }),
        { numRuns: Math.ceil(runs / 4), ...bounds },
      );
      expect(gatewayWrong).toBeLessThanOrEqual(Math.ceil(compared * 0.05));
    });
  });
});
