import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from '@swc/core';
import { projectRoot } from '../../core/project-root.ts';

const mostLinesOfFunction = 80;
const mostLinesOfFile = 300;

const functionKinds = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ClassMethod',
  'PrivateMethod',
  'Constructor',
  'MethodProperty',
]);

interface Size {
  readonly line: number;
  readonly lines: number;
}

/** Where each function of a text begins, and its lines, comments included. */
async function functionsOf(text: string): Promise<readonly Size[]> {
  // Spans count bytes, from a start that grows with every file that is parsed: an empty statement first tells it.
  const bytes = Buffer.from(`;${text}`);
  const tree = await parse(bytes.toString(), { syntax: 'typescript', decorators: true });
  const base = tree.body[0] === undefined ? 0 : (tree.body[0] as unknown as Spanned).span.start;
  const lineAt = (offset: number) =>
    bytes
      .subarray(0, offset - base)
      .toString()
      .split('\n').length;
  const found: Size[] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, span, function: method } = node as Spanned;
    if (type !== undefined && functionKinds.has(type) && (span ?? method?.span) !== undefined) {
      const { start, end } = span ?? (method as Required<Spanned>).span;
      found.push({ line: lineAt(start), lines: lineAt(end) - lineAt(start) + 1 });
    }
    for (const value of Object.values(node)) walk(value);
  };
  walk(tree);
  return found;
}

interface Spanned {
  readonly type?: string;
  readonly span: { readonly start: number; readonly end: number };
  readonly function?: Spanned;
}

const linesOf = (text: string) => text.trimEnd().split('\n').length;

describe('sizes of product code', () => {
  it('are measured in lines, wherever a function is', async () => {
    const text = [
      '// perché',
      'export function a() {',
      '  return 1;',
      '}',
      'const b = () => ({',
      '  c() {',
      '    return 2;',
      '  },',
      '});',
      'class D {',
      '  e() {}',
      '}',
    ].join('\n');
    expect(await functionsOf(text)).toEqual([
      { line: 2, lines: 3 },
      { line: 5, lines: 5 },
      { line: 6, lines: 3 },
      { line: 11, lines: 1 },
    ]);
    expect(await functionsOf(text)).toHaveLength(4);
    expect(linesOf(text)).toBe(12);
  });

  it(`are less than ${mostLinesOfFile} lines a file, and less than ${mostLinesOfFunction} a function`, async () => {
    const tooLong: string[] = [];
    let count = 0;
    const sources = [
      '{commands,core,demo,gateway,legacy,subgraphs}/**/*.ts',
      '{portal,clients/typescript}/src/**/*.{ts,tsx}',
    ];
    for await (const file of glob(sources, { cwd: projectRoot() })) {
      const text = readFileSync(join(projectRoot(), file), 'utf8');
      if (file.endsWith('.generated.ts') || file.includes('/migrations/')) continue;
      if (linesOf(text) >= mostLinesOfFile) tooLong.push(`${file}: ${linesOf(text)} lines`);
      // A component's markup is no list of steps: its file is measured, and its functions are not.
      if (file.endsWith('.tsx')) continue;
      const functions = await functionsOf(text);
      count += functions.length;
      for (const { line, lines } of functions)
        if (lines >= mostLinesOfFunction) {
          tooLong.push(`${file}:${line}: a function of ${lines} lines`);
        }
    }
    expect(tooLong).toEqual([]);
    expect(count).toBeGreaterThan(3_000);
  });
});
