import { describe, expect, it } from '@jest/globals';
import { checkOperation } from '../../../../gateway/limits/check-operation.ts';
import * as limits from '../../../../gateway/limits/limits.ts';
import {
  maxAliases,
  maxDepth,
  maxDirectives,
  maxFragments,
  maxOperations,
  maxRootFields,
  maxSelections,
} from '../../../../gateway/limits/limits.ts';

const fields = (count: number) => 'name '.repeat(count);

const numbered = (count: number, text: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => text(n)).join(' ');
const aliases = (count: number) => numbered(count, (n) => `a${n}: name`);

/** Fragments that each spread the next one twice. */
function doubled(levels: number): string {
  const fragments = Array.from(
    { length: levels },
    (_, n) => `fragment F${n} on Child { ...F${n + 1} ...F${n + 1} }`,
  );
  return `{ child { ...F0 } } ${fragments.join(' ')} fragment F${levels} on Child { name }`;
}

describe('the limits of a document', () => {
  it('are those that docs/clients.md promises', () => {
    expect({ ...limits }).toEqual({
      maxBodyBytes: 262_144,
      maxJsonDepth: 32,
      maxJsonValues: 10_000,
      maxDocumentLength: 65_536,
      maxTokens: 6_000,
      maxNesting: 64,
      maxSelections: 1_000,
      maxPairs: 5_000,
      maxDepth: 20,
      maxRootFields: 30,
      maxAliases: 100,
      maxDirectives: 100,
      maxFragments: 100,
      maxOperations: 20,
      maxObjects: 25_000,
      assumedListSize: 5,
      assumedPageSize: 20,
      maxErrors: 20,
      maxMessageLength: 500,
    });
  });

  it('accepts an operation at the limit and refuses one beyond it', () => {
    expect(() => checkOperation(`{ child { ${fields(maxSelections - 1)} } }`)).not.toThrow();
    expect(() => checkOperation(`{ child { ${fields(maxSelections)} } }`)).toThrow(
      `at most ${maxSelections} selections`,
    );
  });

  it('counts fragments where they are spread', () => {
    expect(() => checkOperation(doubled(8))).not.toThrow();
    expect(() => checkOperation(doubled(9))).toThrow('after expanding its fragments');
  });

  it('is done at once with what would take a planner minutes', () => {
    // Expanded, these are more selections than a number can count: whoever follows them never ends.
    expect(() => checkOperation(doubled(98))).toThrow('too large');
  });

  it('accepts what is at a limit', () => {
    for (const source of [
      `query ${'@a '.repeat(maxDirectives)} { child { name } }`,
      `{ child { ...A } } fragment A on Child { ${'a { '.repeat(maxDepth - 2)}a${' }'.repeat(maxDepth - 2)} }`,
      `{ child { ${aliases(maxAliases)} } }`,
      `{ ... { ${fields(15)} ... { ${fields(15)} } } }`,
      `{ child(id: "\\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[") { name } }`,
    ])
      expect(() => checkOperation(source)).not.toThrow();
  });

  it('says where in a document its nodes are, and keeps no token of it', () => {
    const document = checkOperation('{\n  child { name }\n}');
    const [operation] = document.definitions;
    expect(operation?.loc).toEqual({
      start: 0,
      end: 20,
      source: expect.objectContaining({ name: 'GraphQL request' }),
    });
    expect(JSON.stringify(document)).not.toContain('startToken');
  });

  it('does not follow fragments in circles', () => {
    for (const source of [
      '{ child { ...A } } fragment A on Child { ...B } fragment B on Child { ...A }',
      '{ ...A } fragment A on Query { ...B a } fragment B on Query { ...A ...A b }',
    ])
      expect(() => checkOperation(source)).not.toThrow();
  });

  it.each([
    ['depth', `${'{ a '.repeat(maxDepth + 1)}${'}'.repeat(maxDepth + 1)}`, 'levels of nesting'],
    ['root fields', `{ ${fields(maxRootFields + 1)} }`, 'fields at its root'],
    ['tokens', `{ ${'a '.repeat(20_000)} }`, 'tokens'],
    [
      'root fields in fragments',
      `{ ...A ...A } fragment A on Query { ${fields(maxRootFields / 2 + 1)} }`,
      'fields at its root',
    ],
    ['aliases', `{ child { ${aliases(maxAliases + 1)} } }`, 'aliases'],
    ['aliases in fragments', `{ child { ...A ...A } } fragment A on Child { ${aliases(60)} }`, 'aliases'],
    ['directives', `{ child { name ${'@skip(if: false) '.repeat(maxDirectives + 1)} } }`, 'directives'],
    [
      'fragments',
      `{ child { name } } ${numbered(maxFragments + 1, (n) => `fragment F${n} on Child { name }`)}`,
      'fragments',
    ],
    ['operations', numbered(maxOperations + 1, (n) => `query Q${n} { child { name } }`), 'operations'],
    [
      'selections of all operations',
      numbered(4, (n) => `query Q${n} { child { ${fields(300)} } }`),
      'selections',
    ],
    [
      'objects of one name',
      `{ child { ...A ...B } } ${numbered(2, (n) => `fragment ${'AB'[n]} on Child { ${'friend { name } '.repeat(101)} }`)}`,
      'pairs of fields',
    ],
    ['brackets in brackets', `{ child(id: ${'['.repeat(50_000)}`, 'levels of brackets'],
    ['characters', `{ child { name } } ${'#'.repeat(70_000)}`, 'characters'],
    [
      'fragments that nothing spreads',
      `{ child { name } } fragment F on Child { ${fields(maxSelections)} }`,
      'selections',
    ],
    ['reserved names', '{ child { __proto__: name } }', 'reserved'],
    [
      'directives of the operation',
      `query ${'@skip(if: false) '.repeat(maxDirectives + 1)} { child { name } }`,
      'directives',
    ],
    [
      'directives of the operation with those of its fields',
      `query ${'@a '.repeat(maxDirectives / 2)} { child { name ${'@b '.repeat(maxDirectives / 2 + 1)} } }`,
      'directives',
    ],
    [
      'directives of fragments and of where they are spread',
      `{ child { ...A @a ...A @a } } fragment A on Child { name ${'@b '.repeat(maxDirectives / 2)} }`,
      'directives',
    ],
    [
      'depth within fragments',
      `{ child { ...A } } fragment A on Child { ${'a { '.repeat(maxDepth - 1)}a${' }'.repeat(maxDepth - 1)} }`,
      'levels of nesting',
    ],
    [
      'depth through several fragments',
      `{ a { ...F0 } } ${numbered(maxDepth, (n) => `fragment F${n} on A { a { ${n + 1 < maxDepth ? `...F${n + 1}` : 'name'} } }`)}`,
      'levels of nesting',
    ],
    [
      'depth in inline fragments',
      `{ ${'a { ... { '.repeat(maxDepth)}a${' } }'.repeat(maxDepth)} }`,
      'levels',
    ],
    [
      'root fields in inline fragments',
      `{ ... { ${fields(16)} ... { ${fields(15)} } } }`,
      'fields at its root',
    ],
    ['mutations at the root', `mutation { ${fields(maxRootFields + 1)} }`, 'fields at its root'],
    [
      'the second of two operations',
      `query A { a } query B { ${fields(maxRootFields + 1)} }`,
      'fields at its root',
    ],
  ])('bounds %s', (_, source, sentence) => {
    expect(() => checkOperation(source)).toThrow(sentence);
  });

  it('says where a document is not GraphQL', () => {
    expect(() => checkOperation('{ child ')).toThrow('Syntax Error');
  });
});
