import { describe, expect, it } from '@jest/globals';
import { checkOperation } from '../../../../gateway/limits/check-operation.ts';
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
    const source = doubled(98);
    checkOnce(source);
    const started = performance.now();
    expect(() => checkOperation(source)).toThrow('too large');
    expect(performance.now() - started).toBeLessThan(500);
  });

  it('does not follow fragments in circles', () => {
    expect(() =>
      checkOperation('{ child { ...A } } fragment A on Child { ...B } fragment B on Child { ...A }'),
    ).not.toThrow();
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
  ])('bounds %s', (_, source, sentence) => {
    expect(() => checkOperation(source)).toThrow(sentence);
  });

  it('says where a document is not GraphQL', () => {
    expect(() => checkOperation('{ child ')).toThrow('Syntax Error');
  });
});

/** The first call compiles the code; it is not what is looked at. */
function checkOnce(source: string): void {
  try {
    checkOperation(source);
  } catch {
    // Refused, as it should be.
  }
}
