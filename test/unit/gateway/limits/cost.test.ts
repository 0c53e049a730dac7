import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, Kind, parse } from 'graphql';
import { projectFile } from '../../../../core/project-root.ts';
import { compileCost } from '../../../../gateway/limits/cost.ts';
import { assumedListSize, assumedPageSize, maxObjects } from '../../../../gateway/limits/limits.ts';

const shop = buildSchema(`
  type Query { shop: Shop shops: [Shop!] }
  type Shop { name: String items(first: Int, after: String): Items plain(limit: Int! = 3): [Item!]! all: [Item!]! }
  type Items { pageInfo: PageInfo! edges: [Edge!]! nodes: [Item] }
  type PageInfo { hasNextPage: Boolean! }
  type Edge { node: Item! }
  type Item { name: String shop: Shop }
`);

function costOf(source: string, variables: Record<string, unknown> = {}, schema = shop): number {
  const document = parse(source);
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('There is no operation.');
  return compileCost(schema, operation, document)(variables);
}

describe('the cost of an operation', () => {
  it('counts objects and no fields', () => {
    expect(costOf('{ shop { name a: name } }')).toBe(1);
  });

  it('counts a page by its size, wherever the size stands', () => {
    const items = (size: string) =>
      `shop { items${size} { pageInfo { hasNextPage } edges { node { name } } } }`;
    const forSize = (size: number) => 1 + 1 + 1 + size * 2;
    expect(costOf(`{ ${items('(first: 50)')} }`)).toBe(forSize(50));
    expect(costOf(`{ ${items('')} }`)).toBe(forSize(assumedPageSize));
    expect(costOf(`query ($n: Int = 7) { ${items('(first: $n)')} }`)).toBe(forSize(7));
    expect(costOf(`query ($n: Int = 7) { ${items('(first: $n)')} }`, { n: 9 })).toBe(forSize(9));
    expect(costOf('{ shop { plain { name } } }')).toBe(1 + 3);
    expect(costOf('{ shop { plain(limit: 40) { name } } }')).toBe(1 + 40);
    expect(costOf('{ shop { all { name } } }')).toBe(1 + assumedListSize);
  });

  it('multiplies pages within pages, through fragments too', () => {
    const source = `{ shop { ...Page } } fragment Page on Shop { items(first: 100) { nodes { shop { items(first: 100) { nodes { name } } } } } }`;
    expect(costOf(source)).toBe(1 + 1 + 100 * (1 + 1 + 1 + 100));
  });

  it('keeps the size of a page through fragments on the connection, named and inline', () => {
    const direct = costOf('{ shop { items(first: 100) { nodes { name } edges { node { name } } } } }');
    expect(direct).toBe(1 + 1 + 100 + 100 * 2);
    for (const source of [
      '{ shop { items(first: 100) { ...F } } } fragment F on Items { nodes { name } edges { node { name } } }',
      '{ shop { items(first: 100) { ... { nodes { name } edges { node { name } } } } } }',
      '{ shop { items(first: 100) { ... on Items { nodes { name } ...F } } } } fragment F on Items { ...G } fragment G on Items { edges { node { name } } }',
    ])
      expect(costOf(source)).toBe(direct);
    const variable =
      'query ($n: Int) { shop { items(first: $n) { ...F } } } fragment F on Items { nodes { name } }';
    expect([costOf(variable, { n: 100 }), costOf(variable, { n: 3 }), costOf(variable)]).toEqual([
      102, 5, 22,
    ]);
    // One fragment, two pages of different sizes, and none.
    const both =
      '{ shop { a: items(first: 10) { ...F } b: items(first: 20) { ...F } } } fragment F on Items { nodes { name } }';
    expect(costOf(both)).toBe(1 + (1 + 10) + (1 + 20));
  });

  it('follows fragments that double once each, by size and by variable', () => {
    const doubled = (size: string) =>
      `query ($n: Int) { shop { ...F0 } } ${Array.from(
        { length: 60 },
        (_, n) => `fragment F${n} on Shop { ...F${n + 1} ...F${n + 1} }`,
      ).join(' ')} fragment F60 on Shop { plain(limit: ${size}) { name } }`;
    expect(costOf(doubled('2'))).toBe(1 + 2 * 2 ** 60);
    expect(costOf(doubled('$n'), { n: 3 })).toBe(1 + 3 * 2 ** 60);
    expect(costOf('{ shop { ...A } } fragment A on Shop { ...B } fragment B on Shop { ...A name }')).toBe(1);
  });

  it('takes no size from a name that every object has', () => {
    expect(costOf('query ($toString: Int) { shop { plain(limit: $toString) { name } } }')).toBe(1 + 3);
    expect(costOf('query ($length: Int = 4) { shop { plain(limit: $length) { name } } }')).toBe(1 + 4);
  });

  it('takes no size without an end, which JSON can write as 1e999', () => {
    const source = 'query ($n: Int) { shop { plain(limit: $n) { name } } }';
    expect(costOf(source, { n: Number.POSITIVE_INFINITY })).toBe(1 + 3);
    expect(costOf(source, { n: 1e300 })).toBeGreaterThan(maxObjects);
  });

  it('takes no size for less than nothing', () => {
    expect(costOf('{ shop { plain(limit: -5) { name } } }')).toBe(1 + 3);
    expect(costOf('query ($n: Int) { shop { plain(limit: $n) { name } } }', { n: 'x' })).toBe(1 + 3);
  });

  it('lets the flagship have its largest pages, and no page of pages of pages', () => {
    const api = buildSchema(readFileSync(projectFile('schema', 'api.graphql'), 'utf8'));
    const flagship = readFileSync(projectFile('gateway', 'flagship.graphql'), 'utf8');
    expect(costOf(flagship, { invoices: 100 }, api)).toBeLessThan(maxObjects);
    const invoices = (inner: string) => `invoices(first: 100) { edges { node { id child { ${inner} } } } }`;
    const source = `{ me { children { ${invoices(invoices('id'))} } } }`;
    expect(costOf(source, {}, api)).toBeGreaterThan(maxObjects);
  });
});
