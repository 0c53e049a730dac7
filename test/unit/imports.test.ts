import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { projectRoot } from '../../core/project-root.ts';

const root = projectRoot();
const product = ['core', 'legacy', 'subgraphs', 'gateway', 'commands', 'demo'];
/** Every folder of subgraphs/ that is not shared: a fifth subgraph is checked without a change here. */
const domains = readdirSync(join(root, 'subgraphs'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'shared')
  .map(({ name }) => name);

function filesOf(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`);
}

/** Project files that a file imports. */
function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g)];
  return found.map(([, path = '']) => normalize(join(dirname(file), path)));
}

function strays(folder: string, allowed: readonly RegExp[]): readonly string[] {
  return filesOf(folder).flatMap((file) =>
    importsOf(file)
      .filter((path) => !allowed.some((rule) => rule.test(path)))
      .map((path) => `${file} imports ${path}`),
  );
}

/** What stands in a circle: nodes that reach themselves. */
function circlesOf(edges: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const left = new Map([...edges].map(([node, targets]) => [node, new Set(targets)]));
  // Whatever imports nothing of the rest is in no circle: taken away again and again, circles are left.
  for (let before = -1; before !== left.size; ) {
    before = left.size;
    for (const [node, targets] of left) {
      for (const target of targets) if (!left.has(target) || target === node) targets.delete(target);
      if (targets.size === 0) left.delete(node);
    }
  }
  return [...left].map(([node, targets]) => `${node} -> ${[...targets].join(', ')}`);
}

function importsBetween(nodeOf: (file: string) => string): ReadonlyMap<string, ReadonlySet<string>> {
  const edges = new Map<string, Set<string>>();
  for (const file of product.flatMap(filesOf)) {
    const targets = edges.get(nodeOf(file)) ?? new Set<string>();
    for (const path of importsOf(file)) if (path.endsWith('.ts')) targets.add(nodeOf(path));
    edges.set(nodeOf(file), targets);
  }
  return edges;
}

describe('imports run one way', () => {
  it('finds a circle of two, and what leads into it', () => {
    const edges = { a: ['b'], b: ['a'], c: ['a'], d: [] };
    const found = circlesOf(
      new Map(Object.entries(edges).map(([node, targets]) => [node, new Set(targets)])),
    );
    expect(found).toEqual(['a -> b', 'b -> a', 'c -> a']);
  });

  it('has no circle of files, types included', () => {
    expect(circlesOf(importsBetween((file) => file))).toEqual([]);
  });

  it('has no circle of folders, types included', () => {
    expect(circlesOf(importsBetween(dirname))).toEqual([]);
  });

  it('core imports core', () => {
    expect(strays('core', [/^core\//])).toEqual([]);
  });

  it('ports import core', () => {
    expect(strays('legacy/ports', [/^core\//, /^legacy\/ports\//])).toEqual([]);
  });

  it('a vendor imports core, ports and itself', () => {
    expect(strays('legacy/hypersic', [/^core\//, /^legacy\/(ports|hypersic)\//])).toEqual([]);
  });

  it('shared code of subgraphs imports core, ports and itself', () => {
    expect(strays('subgraphs/shared', [/^core\//, /^legacy\/ports\//, /^subgraphs\/shared\//])).toEqual([]);
  });

  it.each(domains)('%s imports no other domain', (domain) => {
    const own = new RegExp(`^subgraphs/${domain}/`);
    expect(
      strays(`subgraphs/${domain}`, [/^core\//, /^legacy\/ports\//, /^subgraphs\/shared\//, own]),
    ).toEqual([]);
  });

  it('the gateway knows subgraphs only where they run in its process', () => {
    const found = strays('gateway', [/^core\//, /^gateway\//]);
    const files = new Set(found.map((line) => line.split(' ')[0]));
    expect(files).toEqual(new Set(['gateway/hosts/in-process.ts']));
  });

  it('nothing that goes into production imports the demo', () => {
    const production = ['core', 'legacy', 'subgraphs', 'gateway', 'commands'].flatMap(filesOf);
    expect(production.filter((file) => importsOf(file).some((path) => path.startsWith('demo/')))).toEqual([]);
  });

  it('names the vendor, its tables and its codes in its folder only, in comments and descriptions too', () => {
    const files = ['core', 'subgraphs', 'gateway', 'legacy/ports'].flatMap(filesOf);
    const vendorWords = /hypersic|\b(SDI|AN|COD)_[A-Z]{3,}|'(CS|TE|DA)'/i;
    expect(files.filter((file) => vendorWords.test(readFileSync(join(root, file), 'utf8')))).toEqual([]);
    const publicSchema = readFileSync(join(root, 'schema/api.graphql'), 'utf8');
    expect(publicSchema).not.toMatch(vendorWords);
  });
});
