import type { PlanNode } from '@graphql-hive/router-query-planner';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse } from 'graphql';
import { silentLog } from '../../../../core/log.ts';
import { buildApiSchema } from '../../../../gateway/executor/api-schema.ts';
import { compilePlans } from '../../../../gateway/executor/compile-plan.ts';
import { createPlanExecutor } from '../../../../gateway/executor/create-executor.ts';
import { typesOf } from '../../../../gateway/executor/types.ts';
import { createInProcessTransport } from '../../../../gateway/transport/in-process.ts';
import type { SubgraphTransport } from '../../../../gateway/transport/transport.ts';
import { createSmallTown } from '../../../oracle/small-town.ts';

const sdl = 'type Query { a: Int }';
const types = typesOf(buildSchema(sdl), sdl);
const transport: SubgraphTransport = { prepare: () => () => ({ data: {} }) };
const compile = (node: unknown) => () =>
  compilePlans([{ kind: 'QueryPlan', node: node as PlanNode }], types, transport);

const fetch = { kind: 'Fetch', serviceName: 'a', operation: '{a}', operationKind: 'query' };
const entities = (requires: unknown, more: object = {}) => ({
  kind: 'Flatten',
  path: [{ Field: 'a' }],
  node: { ...fetch, operation: '{_entities(representations: []){a}}', requires, ...more },
});

describe('a plan', () => {
  it.each([
    ['a subscription', { kind: 'Subscription', primary: fetch }],
    ['a subscription as a fetch', { ...fetch, operationKind: 'subscription' }],
    ['deferred parts', { kind: 'Defer', primary: { node: fetch }, deferred: [] }],
    ['conditions', { kind: 'Condition', condition: 'x', ifClause: fetch }],
    ['a node of the future', { kind: 'Teleport' }],
    ['a requirement of the future', entities([{ kind: 'FragmentSpread', value: 'F' }])],
    ['a rewrite of the future', entities([], { inputRewrites: [{ Shuffler: {} }] })],
    ['a path of the future', { ...entities([]), path: [{ Index: 3 }] }],
  ])('with %s is refused before anything is asked', (_, node) => {
    expect(compile(node)).toThrow(/not supported/);
    expect(compile({ kind: 'Sequence', nodes: [fetch, node] })).toThrow(/not supported/);
    expect(compile({ kind: 'Parallel', nodes: [{ kind: 'Sequence', nodes: [node] }] })).toThrow(
      /not supported/,
    );
  });

  it('of what the executor knows is not', () => {
    expect(compile({ kind: 'Parallel', nodes: [fetch, entities([])] })).not.toThrow();
  });

  it('is of a schema whose root types may have any name', () => {
    const schema = buildApiSchema('schema { query: Root } type Root { a: Int } scalar Date');
    expect(schema.getQueryType()?.name).toBe('Root');
  });

  it('that could not be made into functions is made anew the next time', async () => {
    const town = createSmallTown();
    const inProcess = createInProcessTransport(town.subgraphs);
    let isBroken = true;
    const executor = createPlanExecutor({
      supergraphSdl: town.supergraphSdl,
      transport: {
        prepare(subgraph, operation) {
          if (isBroken) throw new Error('no address');
          return inProcess.prepare(subgraph, operation);
        },
      },
    });
    const document = parse('{ me { name } }');
    const { signal } = new AbortController();
    const request = { context: {}, headers: {}, requestId: 'r', signal, log: silentLog };
    const run = () => executor.execute({ document, operationName: null, variables: {}, request });
    expect((await run()).errors?.[0]?.extensions.code).toBe('INTERNAL_SERVER_ERROR');
    isBroken = false;
    expect(JSON.stringify(await run())).toBe('{"data":{"me":{"name":"Claudia"}}}');
  });
});
