import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { parse } from '@swc/core';
import { check } from 'recheck';
import { redact } from '../../core/log.ts';
import { projectFile } from '../../core/project-root.ts';
import { formatEuro } from '../../core/values/euro-cents.ts';

interface Pattern {
  readonly file: string;
  readonly source: string;
  readonly flags: string;
}

/** Patterns that a program puts together, by their file: none of them is of what a client sends. */
const putTogether: readonly string[] = [
  'demo/contract/xml-rules.ts',
  'demo/portal/serve-portal.ts',
  'gateway/executor/private-names.ts',
  'gateway/planner/required-arguments.ts',
  'legacy/hypersic/formats.ts',
  'subgraphs/payments/listener/fields.ts',
];

/** Every regular expression of the product's code, and the files that put one together. */
async function patterns(): Promise<{ readonly found: readonly Pattern[]; readonly made: readonly string[] }> {
  const [found, made]: [Pattern[], string[]] = [[], []];
  const root = projectFile('');
  for await (const file of glob('{commands,core,demo,gateway,legacy,subgraphs}/**/*.ts', { cwd: root })) {
    const text = readFileSync(projectFile(file), 'utf8');
    if (!/RegExp|\/[^/*\n]/.test(text)) continue;
    if (/\bRegExp\(/.test(text)) made.push(file);
    const tree = await parse(text, { syntax: 'typescript', decorators: true, target: 'es2024' });
    const look = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return;
      const { type, pattern, flags } = node as { type?: string; pattern?: string; flags?: string };
      if (type === 'RegExpLiteral') found.push({ file, source: String(pattern), flags: String(flags) });
      for (const inner of Object.values(node)) look(inner);
    };
    look(tree.body);
  }
  return { found, made };
}

it('every pattern takes time that grows with its input and no faster, whatever the input is', async () => {
  const { found, made } = await patterns();
  expect(found.length).toBeGreaterThan(150);
  expect([...made].sort()).toEqual(putTogether);
  const known = new Set<string>();
  const slow: string[] = [];
  for (const { file, source, flags } of found) {
    const text = `/${source}/${flags}`;
    if (known.has(text)) continue;
    known.add(text);
    // Looks for the worst input by the pattern's automaton, and tries inputs out where there is none.
    const diagnostics = await check(source, flags, { timeout: 60_000 });
    if (diagnostics.status !== 'safe') slow.push(`${file}: ${text} ${diagnostics.status}`);
  }
  expect(slow).toEqual([]);
}, 300_000);

it('what was rewritten for it does what it did', () => {
  const token = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2ln-_';
  for (const [text, redacted] of [
    [`Bearer ${token}`, 'Bearer [token]'],
    [`authorization=Bearer%20${token}&a=b`, 'authorization=Bearer%20[token]&a=b'],
    [`x.${token}.y`, 'x.[token]'],
    ['eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.', '[token]'],
    ['eyJust a word', 'eyJust a word'],
    ['10.0.0.7', '10.0.0.7'],
    ['write to maria.rossi+scuola@posta.example.it, please', 'write to [e-mail], please'],
    ['<a@b.it>', '<[e-mail]>'],
    ['a@b', 'a@b'],
  ] as const)
    expect(redact(text)).toBe(redacted);
  const amounts = [
    0, 5, -5, 99, 100, 12_345, 99_999, 100_000, 123_456_789, -1_000_000_00, 9_007_199_254_740_991,
  ];
  expect(amounts.map((cents) => formatEuro(cents as never))).toEqual([
    '0,00',
    '0,05',
    '-0,05',
    '0,99',
    '1,00',
    '123,45',
    '999,99',
    '1.000,00',
    '1.234.567,89',
    '-1.000.000,00',
    '90.071.992.547.409,91',
  ]);
});
