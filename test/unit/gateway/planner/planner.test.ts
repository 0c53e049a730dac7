import type { PlanNode, QueryPlan } from '@graphql-hive/router-query-planner';
import { describe, expect, it } from '@jest/globals';
import { createPlanner } from '../../../../gateway/planner/create-planner.ts';
import { createSupergraph } from '../../../federation/supergraph.ts';

const plannerOf = (subgraphs: Readonly<Record<string, string>>) =>
  createPlanner(createSupergraph({ name: 'tried', subgraphs }).supergraphSdl);

/** Each call of a plan: the subgraph, its operation in one line, and what its representations are made of. */
function callsOf({ node }: QueryPlan): readonly (readonly [string, string, string])[] {
  const calls = (part: PlanNode): (readonly [string, string, string])[] => {
    if ('nodes' in part) return part.nodes.flatMap(calls);
    if (part.kind === 'Flatten') return calls(part.node);
    if (part.kind !== 'Fetch' && part.kind !== 'BatchFetch') throw new Error(part.kind);
    const requires =
      part.kind === 'Fetch' ? (part.requires ?? []) : part.entityBatch.aliases.flatMap((one) => one.requires);
    return [[part.serviceName, part.operation.replace(/\s+/g, ' '), JSON.stringify(requires)]];
  };
  return node ? calls(node) : [];
}

const posts = {
  a: `type Query { post: Post }
    type Post @key(fields: "id") { id: ID! title(length: Int): String }`,
  b: `type Post @key(fields: "id") {
      id: ID! title(length: Int): String @external
      short: String @requires(fields: "title(length: 3)") long: String @requires(fields: "title(length: 9)")
    }`,
};

describe('the planner', () => {
  it('has required fields fetched with their arguments, beside the same field of the client', async () => {
    const plan = await plannerOf(posts).plan('{ post { k0: title(length: 5) short } }', null);
    const [first, second] = callsOf(plan);
    expect(first?.[0]).toBe('a');
    expect(first?.[1]).toContain('k0: title(length: 5)');
    expect(first?.[1]).toContain('r0_title: title(length: 3)');
    expect(second?.[0]).toBe('b');
    expect(second?.[2]).toContain('{"kind":"Field","name":"r0_title","alias":"title"}');
  });

  it('never puts a field with two sets of arguments into one representation', async () => {
    const calls = callsOf(await plannerOf(posts).plan('{ post { short long } }', null));
    const toB = calls.filter(([subgraph]) => subgraph === 'b');
    expect(toB.map(([, operation]) => operation.includes('short') && operation.includes('long'))).toEqual([
      false,
      false,
    ]);
  });

  it('shows clients nothing of what it adds', () => {
    expect(plannerOf(posts).apiSdl).not.toMatch(/r0_title/);
  });

  it('plans what is required of an entity inside another of its type, for the subgraphs that there are', async () => {
    const planner = plannerOf({
      a: 'type Query { me: Child } type Child @key(fields: "id") { id: ID! weight: Int }',
      b: `type Child @key(fields: "id") { id: ID! weight: Int @external sibling: Child cost: Int @requires(fields: "weight") }`,
    });
    const calls = callsOf(await planner.plan('{ me { sibling { sibling { cost } } } }', null));
    expect(calls.map(([subgraph]) => subgraph)).toEqual(['a', 'b', 'a', 'b']);
  });

  it('finds the fields of types behind an interface object, whatever the subgraphs are called', async () => {
    for (const [types, object] of [
      ['a', 'b'],
      ['b', 'a'],
    ] as const) {
      const planner = plannerOf({
        [types]: `type Query { all: [Media] } interface Media @key(fields: "id") { id: ID! }
          type Book implements Media @key(fields: "id") { id: ID! pages: Int }`,
        [object]: `type Query { best: Media } type Media @key(fields: "id") @interfaceObject { id: ID! score: Int }`,
      });
      const calls = callsOf(await planner.plan('{ best { ... on Book { pages } } }', null));
      expect(calls.map(([subgraph]) => subgraph)).toEqual([object, types]);
    }
  });

  it('says so when it cannot plan an operation', async () => {
    const planner = plannerOf({
      a: 'type Query { post: Post } type Post @key(fields: "id") { id: ID! text: String }',
      b: `type Post @key(fields: "id") { id: ID! text: String @external author: Author @requires(fields: "text") }
        type Author { posts: [Post] }`,
    });
    await expect(
      planner.plan('{ post { author { posts { author { posts { id } } } } } }', null),
    ).rejects.toThrow(/Failed to plan/);
  });
});
