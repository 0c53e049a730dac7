import type { PlanNode } from '@graphql-hive/router-query-planner';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse, print } from 'graphql';
import { silentLog } from '../../../../core/log.ts';
import { buildApiSchema } from '../../../../gateway/executor/api-schema.ts';
import { compilePlans } from '../../../../gateway/executor/compile-plan.ts';
import { createPlanExecutor } from '../../../../gateway/executor/create-executor.ts';
import { resolveConditions, toOperation } from '../../../../gateway/executor/operation.ts';
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
    const schema = buildApiSchema('schema { query: Root } type Root { a: Int __schema: Int } scalar Date');
    expect(schema.getQueryType()?.name).toBe('Root');
    expect(Object.keys(schema.getQueryType()?.getFields() ?? {})).toEqual(['a']);
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

describe('what the planner receives', () => {
  const supergraph = `
    directive @join__type(graph: String, isInterfaceObject: Boolean = false) repeatable on INTERFACE
    interface Media @join__type(graph: "A") { id: ID title: String }
    interface Paper implements Media { id: ID title: String }
    type Book implements Media & Paper { id: ID title: String pages(from: Int): Int }
    type Film implements Media { id: ID title: String }
    interface Thing @join__type(graph: "B", isInterfaceObject: true) { id: ID }
    type Shop implements Thing { id: ID }
    union Any = Book | Film
    type Query { book: Book media: Media paper: Paper any: Any thing: Thing }
    type Mutation { a: Book b: Book }`;
  const planned = (source: string, isTrue = true) => {
    const operation = toOperation(parse(source), null);
    if (operation === null) throw new Error(source);
    const resolved = resolveConditions(
      operation,
      typesOf(buildSchema(supergraph), supergraph),
      'k',
      () => isTrue,
    );
    return resolved.planned.map((root) => print(root).replace(/\s+/g, ' '));
  };

  it.each([
    // A condition that always holds is left out, at any depth, and one that decides something is kept.
    ['{ book { ... on Book { id ... on Book { title } } } }', '{ book { id title } }'],
    ['{ book { ... on Media { id ... on Paper { title } } } }', '{ book { id title } }'],
    ['{ paper { ... on Media { title } } }', '{ paper { __typename title } }'],
    ['{ media { ... on Paper { title } } }', '{ media { __typename ... on Paper { __typename title } } }'],
    ['{ any { ... on Any { ... on Film { id } } } }', '{ any { __typename ... on Film { id } } }'],
    ['{ any { ... on Media { id } } }', '{ any { __typename ... on Media { __typename id } } }'],
    // Fields of one response key, and fragments of one condition, are joined.
    ['{ book { id } book { title } }', '{ book { id title } }'],
    [
      '{ any { ... on Book { id } ... on Book { title } } }',
      '{ any { __typename ... on Book { id title } } }',
    ],
    // Types are asked for where they may differ, and of an interface object only where something depends on them.
    ['{ thing { id } }', '{ thing { id } }'],
    ['{ thing { id kind: __typename } }', '{ thing { __typename id } }'],
    ['{ thing { ... on Shop { id } } }', '{ thing { __typename ... on Shop { id } } }'],
    ['{ any { ... on Book { __typename } } }', '{ any { __typename } }'],
    ['{ book { id @skip(if: true) } }', '{ book { __typename } }'],
    ['{ book { id: title id2: id pages(from: 3) } }', '{ book { k0: title k1: id k2: pages(from: 3) } }'],
    ['query ($a: Int) { book { pages(from: $a) } }', 'query ($v_a: Int) { book { k0: pages(from: $v_a) } }'],
    ['{ __schema { description } book { id } }', '{ book { id } }'],
  ])('for %s is %s', (source, expected) => {
    expect(planned(source)).toEqual([expected]);
  });

  it('is nothing for what no subgraph is needed for, and one operation for each field of a mutation', () => {
    expect(planned('{ __typename kind: __typename __type(name: "Book") { name } }')).toEqual([]);
    expect(planned('mutation { a { id } b { id } a { title } }')).toEqual([
      'mutation { a { id title } }',
      'mutation { b { id } }',
    ]);
  });

  it('has what is included and not skipped', () => {
    const source = `query ($x: Boolean!) {
      book { a: id @skip(if: $x) b: id @include(if: $x) ... @skip(if: $x) { c: id } ...F @include(if: $x) }
    } fragment F on Book { d: id }`;
    const fields = (isTrue: boolean) => planned(source, isTrue).map((text) => text.match(/k\d/g));
    expect([fields(true), fields(false)]).toEqual([[['k0', 'k1']], [['k0', 'k1']]]);
  });
});
