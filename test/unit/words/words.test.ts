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
const tests = filesUnder('test', '.ts').filter((name) => !name.startsWith('test/unit/words/'));
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
  // Words of the glossary's last column, as parts of identifiers; the names that others read, and quoted texts, stay.
  it('are those of the glossary', () => {
    const forbidden =
      /\b(registerId|\w*InRegister|\w*FromRegister|isRegisterFailure|openNodeListener|nodeUrl|\w+DocumentsPath|isTheirs|isAnybodys|isNews|ofApplicant)\b|\b(const|let|function) \{?(register|standing|stand|who|nothing)\b|[.(,]\s*(register|standing|who|nothing)(: |\)| =>)/;
    const comment = /^\s*(\*|\/\*|\/\/)/;
    const quoted = /'[^']*'|`[^`]*`/g;
    const isName = (line: string) => {
      const text = line.replace(/^\S+ /, '');
      return !comment.test(text) && forbidden.test(text.replace(quoted, "''"));
    };
    expect(found([...code, ...tests], forbidden).filter(isName)).toEqual([]);
  });

  it('of the register are those of the protocol register in prose, too', () => {
    expect(found([...code, ...prose], /(?<!protocol )(?<!`)\b[Tt]he register\b(?!")/)).toEqual([]);
  });

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
