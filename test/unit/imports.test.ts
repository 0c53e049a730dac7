import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { projectRoot } from '../../core/project-root.ts';

const root = projectRoot();
const domains = ['anagrafe', 'practices', 'school-billing', 'payments'];

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

describe('imports run one way', () => {
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

  it('names the vendor in its folder and in one case, and nowhere else', () => {
    const files = ['core', 'subgraphs', 'gateway', 'legacy/ports'].flatMap(filesOf);
    const code = (file: string) =>
      readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    expect(
      files.filter((file) => /hypersic/i.test(code(file).replace(/description:[\s\S]*?['"`][,\s}]/g, ''))),
    ).toEqual([]);
  });
});
