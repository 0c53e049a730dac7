import { describe, expect, it } from '@jest/globals';
import { checkJson } from '../../../../gateway/limits/check-json.ts';
import { maxJsonDepth, maxJsonValues } from '../../../../gateway/limits/limits.ts';

const check = (text: string) => () => checkJson(Buffer.from(text));
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe('JSON before it is parsed', () => {
  it('nests as deep as is accepted and no deeper, in lists and objects', () => {
    expect(check(nested(maxJsonDepth))).not.toThrow();
    expect(check(nested(maxJsonDepth + 1))).toThrow('nests too deep');
    expect(check(`${'{"a":'.repeat(maxJsonDepth + 1)}1${'}'.repeat(maxJsonDepth + 1)}`)).toThrow(
      'nests too deep',
    );
    // What was closed does not count.
    expect(check(`[${new Array(100).fill(nested(maxJsonDepth - 1)).join()}]`)).not.toThrow();
    // Nor is anything there to be closed.
    expect(check(`${']'.repeat(50)}${nested(maxJsonDepth)}`)).not.toThrow();
  });

  it('has as many values as are accepted and no more', () => {
    expect(check(`[${'1,'.repeat(maxJsonValues - 1)}1]`)).not.toThrow();
    expect(check(`[${'1,'.repeat(maxJsonValues)}1]`)).toThrow('too many values');
  });

  it('is not counted by what stands in strings, wherever they end', () => {
    const brackets = '['.repeat(100) + '{'.repeat(100) + ','.repeat(20_000);
    for (const text of [
      `{"a":"${brackets}"}`,
      `{"a":"\\"${brackets}"}`,
      `{"a":"\\\\\\"${brackets}"}`,
      `{"${brackets}":1}`,
      `["x\\\\","${brackets}"]`,
    ])
      expect(check(text)).not.toThrow();
    // A string that ended: what follows counts.
    expect(check(`["\\\\",${'['.repeat(100)}`)).toThrow('nests too deep');
    expect(check(`{"a\\\\":${'['.repeat(100)}`)).toThrow('nests too deep');
  });

  it.each([
    ['{"a":1,"a":2}'],
    ['{"a":1,"b":{},"a":2}'],
    ['{"a":1,"\\u0061":2}'],
    ['{"\\u0061":1,"a":2}'],
    ['{"é":1,"\\u00e9":2}'],
    ['{"b":[{"a":1,"a":1}]}'],
    ['{"b":{"c":1},"d":{"a":1,"a":1}}'],
    ['{"a":[1,2],"a":[1,2]}'],
    ['{"a":{"x":1},"a":{"x":1}}'],
    ['{ "a" : 1 , "a" : 2 }'],
    ['{"\\"":1,"\\"":2}'],
    ['{"__proto__":1,"__proto__":2}'],
    ['{"":1,"":2}'],
  ])('names no member twice: %s', (text) => {
    expect(check(text)).toThrow('names a member of an object twice');
  });

  it.each([
    ['{"a":"a","b":"a"}'],
    ['{"a":{"a":{"a":1}}}'],
    ['[{"a":1},{"a":1}]'],
    ['{"a":["a","a","a"],"b":["a"]}'],
    ['{"a":1,"A":2,"a ":3}'],
    ['{"constructor":1,"toString":2,"__proto__":3}'],
    ['["a","a",{"a":1},"a"]'],
    ['{"a":1,"é":2,"\\u00e8":3}'],
  ])('may have a name in several objects, and as a value: %s', (text) => {
    expect(check(text)).not.toThrow();
  });

  it.each(['', '{', '"', '{"a', '{"a\\', '}{', '{"a":1,', '{"\\ux":1,"b":2}', '[,]', '\\'])(
    'leaves to the parser what is no JSON: %j',
    (text) => {
      expect(check(text)).not.toThrow();
    },
  );
});
