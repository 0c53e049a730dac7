import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { projectRoot } from '../../../core/project-root.ts';

// The words of docs/glossary.md and of the style that a stranger reads once. Each rule names a replacement.

const root = projectRoot();
const folders = ['core', 'legacy', 'subgraphs', 'gateway', 'commands', 'demo'];

function filesUnder(folder: string, ending: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending) && !name.includes('node_modules') && !name.includes('migrations'))
    .map((name) => `${folder}/${name}`);
}

const code = folders.flatMap((folder) => filesUnder(folder, '.ts'));
// README files of the rooms, and what a newcomer reads first.
const prose = [
  'README.md',
  'bench/README.md',
  'portal/README.md',
  'test/README.md',
  'docs/architecture.md',
  'docs/errors.md',
  'docs/glossary.md',
  ...folders.flatMap((folder) => filesUnder(folder, '.md')),
];

function found(files: readonly string[], pattern: RegExp): readonly string[] {
  return files.flatMap((file) =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
  );
}

describe('comments, descriptions and documents', () => {
  it.each([
    ['logged, returned, reported or shown', /\b(is|are|was|were|be) told\b(?! apart)/i],
    ['our, or a name', /\bof ours\b/i],
    ['not, or no', /\bthat is none\b|\bthat are none\b/i],
    ['failed', /\b(came|comes|come) to nothing\b/i],
    ['any number of', /\bas many as (one|you) likes?\b/i],
    ['status', /\bhow it stands\b|\bas it stands\b/i],
    ['anyone, or the name of the role', /\b(for|from|of|to|by|with) who\b|(^|[./*] )Whoever\b/],
    ['carries, or returns', /\bbrings? along\b/i],
    ['the name of the thing', /^\W*What (is|was|we|it|pagoPA|no|one)\b(?!.*\?)/],
  ])('say %s', (_, pattern) => {
    expect(found([...code, ...prose], pattern)).toEqual([]);
  });
});

describe('names', () => {
  it('say what a thing is', () => {
    const vague =
      /\b(\w*Ground|skeleton\w*|lanes?|takeTurns?|ownRecords|knownDebt|Later|theOne|gotFurther)\b(?=[^'"`]*$)/;
    const comment = /^\s*(\*|\/\*|\/\/)/;
    expect(found(code, vague).filter((line) => !comment.test(line.replace(/^\S+ /, '')))).toEqual([]);
  });

  it('are no prepositions', () => {
    expect(
      found(code, /\b(const|let) (of|by|to|for|with)\b|[(,]\s*(of|by|with)\??: |^\s*(of|by|with)\??: /),
    ).toEqual([]);
  });
});
