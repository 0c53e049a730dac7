import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTinyGateway, outcomeOf, type TinyAnswer, type TinyGateway } from '../../support/tiny-gateway.ts';

let tiny: TinyGateway;
beforeAll(async () => {
  tiny = await openTinyGateway();
});
afterAll(() => tiny.close());

const errorOf = ({ body }: TinyAnswer) =>
  body.errors?.[0] as unknown as {
    message: string;
    locations?: { line: number; column: number }[];
    extensions: { code: string; argument?: string; requestId?: string };
  };

describe('a value that does not fit', () => {
  const nul = 'The text has a character that is not accepted: U+0000, or half of a surrogate pair.';
  it.each<[string, string, string, unknown, string]>([
    ['on', 'Date', '"2026-02-30"', '2026-02-30', 'Argument "on": '],
    ['on', 'Date', '7', 7, 'Argument "on": Date is given as a text.'],
    ['on', 'Date', '{ a: 1 }', { a: 1 }, 'Argument "on": Date is given as a text.'],
    ['size', 'Int!', '"x"', 'x', 'Argument "size": A whole number of 32 bits was expected.'],
    ['size', 'Int!', '1.5', 1.5, 'Argument "size": A whole number of 32 bits was expected.'],
    ['size', 'Int!', '2147483648', 2147483648, 'Argument "size": A whole number of 32 bits was expected.'],
    [
      'size',
      'Int!',
      '99999999999999999999',
      1e20,
      'Argument "size": A whole number of 32 bits was expected.',
    ],
    ['size', 'Int!', 'null', null, 'Argument "size": A value is required, and null was given.'],
    ['flag', 'Boolean!', '"true"', 'true', 'Argument "flag": true or false was expected.'],
    ['text', 'String', '7', 7, 'Argument "text": A text was expected.'],
    ['text', 'String', '"a\\u0000b"', 'a\0b', `Argument "text": ${nul}`],
    ['id', 'ID', '"\\u{0}"', '\0', `Argument "id": ${nul}`],
    ['id', 'ID', '1.5', 1.5, 'Argument "id": An ID was expected: a text or a whole number.'],
    [
      'id',
      'ID',
      '99999999999999999999',
      1e20,
      'Argument "id": An ID that is a long number is given as a text.',
    ],
    [
      'ids',
      '[ID!]',
      '["a", -9223372036854775809]',
      ['a', -1e20],
      'Argument "ids" at "[1]": An ID that is a long number is given as a text.',
    ],
    [
      'ids',
      '[ID!]',
      '["a", null]',
      ['a', null],
      'Argument "ids" at "[1]": A value is required, and null was given.',
    ],
    ['ratio', 'Float', '"x"', 'x', 'Argument "ratio": A number was expected.'],
    ['kind', 'Kind', 'HIG', 'HIG', 'Argument "kind": One of the values of Kind was expected.'],
    ['kind', 'Kind', '7', 7, 'Argument "kind": One of the values of Kind was expected.'],
    ['range', 'Range', '7', 7, 'Argument "range": An object of the type Range was expected.'],
    [
      'range',
      'Range',
      '{ limit: 1 }',
      { limit: 1 },
      'Argument "range": The field "to" of Range is required.',
    ],
    [
      'range',
      'Range',
      '{ to: "2026-01-01", zz: 1 }',
      { to: '2026-01-01', zz: 1 },
      'Argument "range": Range has no field "zz".',
    ],
    [
      'range',
      'Range',
      '{ to: "2026-01-01", limit: null }',
      { to: '2026-01-01', limit: null },
      'Argument "range" at "limit": A value is required, and null was given.',
    ],
    [
      'range',
      'Range',
      '{ to: "2026-01-01", kinds: [HIGH, NO] }',
      { to: '2026-01-01', kinds: ['HIGH', 'NO'] },
      'Argument "range" at "kinds[1]": One of the values of Kind was expected.',
    ],
    [
      'range',
      'Range',
      '{ to: "2026-01-01", inner: { to: "x" } }',
      { to: '2026-01-01', inner: { to: 'x' } },
      'Argument "range" at "inner.to": ',
    ],
    [
      'range',
      'Range',
      '{ to: "2026-01-01", notes: ["a", "\\u0000"] }',
      { to: '2026-01-01', notes: ['a', '\0'] },
      `Argument "range" at "notes[1]": ${nul}`,
    ],
  ])(
    'of %s: %s is refused in the same words as %s and as a variable',
    async (argument, type, literal, value, sentence) => {
      const asLiteral = await tiny.ask({ query: `{ given(${argument}: ${literal}) }` });
      const asVariable = await tiny.ask({
        query: `query ($v: ${type}) { given(${argument}: $v) }`,
        variables: { v: value },
      });
      for (const answer of [asLiteral, asVariable]) {
        expect(outcomeOf(answer)).toEqual([400, 'BAD_USER_INPUT']);
        expect(answer.body).not.toHaveProperty('data');
        expect(answer.body.errors).toHaveLength(1);
        expect(errorOf(answer).message.startsWith(sentence)).toBe(true);
        expect(errorOf(answer).extensions).toMatchObject({ argument, requestId: expect.any(String) });
      }
      expect(errorOf(asVariable).message).toBe(errorOf(asLiteral).message);
      // A literal is at its place, a variable where it is declared.
      expect(errorOf(asLiteral).locations).toEqual([{ line: 1, column: expect.any(Number) }]);
      expect(errorOf(asVariable).locations).toEqual([{ line: 1, column: 8 }]);
    },
  );

  it('is named with all others of its request, at most ten a variable', async () => {
    const answer = await tiny.ask({
      query: 'query ($a: [Int!]!, $b: ID!) { given(sizes: $a, id: $b) }',
      variables: { a: new Array(5_000).fill('x') },
    });
    expect(answer.body.errors).toHaveLength(10);
    const two = await tiny.ask({
      query: 'query ($a: [Int!]!, $b: ID!) { given(sizes: $a, id: $b) }',
      variables: { a: ['x'] },
    });
    expect(two.body.errors?.map(({ message }) => message)).toEqual([
      'Argument "sizes" at "[0]": A whole number of 32 bits was expected.',
      'Argument "id": A value is required, and none was given.',
    ]);
  });

  it('is nowhere repeated', async () => {
    const value = 'Maria Rossi, via Roma 1';
    for (const [type, argument, given] of [
      ['Int!', 'size', value],
      ['Date', 'on', value],
      ['Kind', 'kind', value],
      ['Range', 'range', value],
      ['Range', 'range', { to: value }],
      ['Range', 'range', { to: '2026-01-01', [value]: 1 }],
      ['[ID!]', 'ids', [{ a: value }]],
      ['Boolean!', 'flag', value],
      ['Float', 'ratio', value],
    ] as const) {
      const answer = await tiny.ask({
        query: `query ($v: ${type}) { given(${argument}: $v) }`,
        variables: { v: given },
      });
      expect(outcomeOf(answer)).toEqual([400, 'BAD_USER_INPUT']);
      expect(answer.text).not.toContain('Rossi');
    }
  });

  it.each(['\0', 'a\0', '\ud800', '\udc00a', 'a\udbff\ud800'])(
    'is a text with %j, by variable and by literal',
    async (text) => {
      for (const [argument, type] of [
        ['text', 'String'],
        ['id', 'ID'],
        ['on', 'Date'],
        ['kind', 'Kind'],
      ] as const) {
        const answer = await tiny.ask({
          query: `query ($v: ${type}) { given(${argument}: $v) }`,
          variables: { v: text },
        });
        expect([argument, ...outcomeOf(answer)]).toEqual([argument, 400, 'BAD_USER_INPUT']);
      }
      const literal = await tiny.ask({ query: `{ given(text: ${JSON.stringify(text)}) }` });
      // Half of a surrogate pair is none of GraphQL's strings.
      expect(outcomeOf(literal)).toEqual([
        400,
        text.isWellFormed() ? 'BAD_USER_INPUT' : 'GRAPHQL_PARSE_FAILED',
      ]);
    },
  );
});

describe('what fits', () => {
  const given = async (query: string, variables: Record<string, unknown> = {}) => {
    const { body } = await tiny.ask({ query, variables });
    return body.errors ?? JSON.parse(String(body.data?.given));
  };

  it('reaches the subgraph as it was sent', async () => {
    const defaults = { size: 20, sizes: [1], flag: true };
    expect(await given('{ given(id: 9223372036854775807) }')).toEqual({
      ...defaults,
      id: '9223372036854775807',
    });
    expect(await given('query ($v: ID) { given(id: $v) }', { v: 9007199254740991 })).toEqual({
      ...defaults,
      id: '9007199254740991',
    });
    expect(await given('query ($v: ID) { given(id: $v) }', { v: '99999999999999999999' })).toEqual({
      ...defaults,
      id: '99999999999999999999',
    });
    expect(await given('{ given(text: "👩‍🏫 \\u0001 \\ud83d\\ude00") }')).toEqual({
      ...defaults,
      text: '👩‍🏫 \u0001 😀',
    });
    expect(await given('query ($v: Float) { given(ratio: $v) }', { v: 1e30 })).toEqual({
      ...defaults,
      ratio: 1e30,
    });
    expect(await given('query ($v: [Kind!]) { given(kinds: $v) }', { v: 'HIGH' })).toEqual({
      ...defaults,
      kinds: ['HIGH'],
    });
    expect(await given('query ($v: Range) { given(range: $v) }', { v: { to: '2026-01-01' } })).toEqual({
      ...defaults,
      range: { to: '2026-01-01', limit: 5 },
    });
  });

  it('may have the name of an inherited property, and is absent if it is not given', async () => {
    const names = [
      'toString',
      'constructor',
      'hasOwnProperty',
      'valueOf',
      'isPrototypeOf',
      '__defineGetter__',
    ];
    for (const name of names) {
      const query = `query ($${name}: String) { given(text: $${name}) }`;
      // Twice: the second time it is compiled.
      for (let turn = 0; turn < 2; turn++) {
        expect([name, await given(query)]).toEqual([name, { size: 20, sizes: [1], flag: true }]);
        expect([name, await given(query, { [name]: 'a' })]).toEqual([
          name,
          { text: 'a', size: 20, sizes: [1], flag: true },
        ]);
      }
      const skipped = await tiny.ask({
        query: `query ($${name}: Boolean = false) { hello @include(if: $${name}) slow: hello }`,
      });
      expect([name, skipped.body]).toEqual([name, { data: { slow: 'hello you' } }]);
    }
    for (const query of [
      '{ __proto__: hello }',
      '{ ...F } fragment F on Query { a: hello __proto__: hello }',
    ])
      expect(outcomeOf(await tiny.ask({ query }))).toEqual([400, 'BAD_USER_INPUT']);
  });

  it('has aliases with two underscores, as Relay writes them', async () => {
    const { body } = await tiny.ask({
      query: '{ __isQuery: __typename books(first: 1) { __isNode: __typename __id: id __a: title shelf } }',
    });
    expect(body).toEqual({
      data: {
        __isQuery: 'Query',
        books: [{ __isNode: 'Book', __id: '0', __a: 'Book 0', shelf: 'S0' }],
      },
    });
  });
});

describe('an explicit null where there is a default', () => {
  const sentence = 'null is not accepted here. Leave the variable out to get the default.';
  it.each<[string, string, Record<string, unknown>, string]>([
    ['an argument', 'query ($v: Int) { given(size: $v) }', { v: null }, 'Argument "size": '],
    ['an item', 'query ($v: Int = 3) { given(sizes: [1, $v]) }', { v: null }, 'Argument "sizes" at "[1]": '],
    ['a list', 'query ($v: [Int!]) { given(sizes: $v) }', { v: null }, 'Argument "sizes": '],
    [
      'a field of an object',
      'query ($v: Int) { given(range: { to: "2026-01-01", limit: $v }) }',
      { v: null },
      'Argument "range" at "limit": ',
    ],
    [
      'a field within',
      'query ($v: Int) { given(range: { to: "2026-01-01", inner: { to: "2026-01-01", limit: $v } }) }',
      { v: null },
      'Argument "range" at "inner.limit": ',
    ],
    ['@include', 'query ($v: Boolean = true) { hello @include(if: $v) }', { v: null }, 'Argument "if": '],
    ['@skip', 'query ($v: Boolean = true) { hello @skip(if: $v) }', { v: null }, 'Argument "if": '],
    [
      '@include of a fragment',
      'query ($v: Boolean = true) { ...F @include(if: $v) } fragment F on Query { hello }',
      { v: null },
      'Argument "if": ',
    ],
    [
      'a fragment',
      'query ($v: Int) { ...F } fragment F on Query { given(size: $v) }',
      { v: null },
      'Argument "size": ',
    ],
    [
      'a fragment that is included',
      'query ($v: Int, $i: Boolean!) { ...F @include(if: $i) } fragment F on Query { given(size: $v) }',
      { v: null, i: true },
      'Argument "size": ',
    ],
  ])('is refused for %s, with its place, before anything is asked', async (_, query, variables, place) => {
    const answer = await tiny.ask({ query, variables });
    expect(outcomeOf(answer)).toEqual([400, 'BAD_USER_INPUT']);
    expect(answer.body.errors).toHaveLength(1);
    expect(errorOf(answer)).toMatchObject({
      message: `${place}${sentence}`,
      locations: [{ line: 1, column: expect.any(Number) }],
      extensions: { requestId: expect.any(String) },
    });
    expect(tiny.logLines.filter((line) => line.includes('"level":"error"'))).toEqual([]);
    // Left out it is the default.
    const { v: _null, ...others } = variables;
    expect((await tiny.ask({ query, variables: others })).body.errors).toBeUndefined();
  });

  it.each<[string, string, Record<string, unknown>]>([
    ['where it may be', 'query ($v: String) { given(text: $v) }', { v: null }],
    ['in what is skipped', 'query ($v: Int) { hello given(size: $v) @skip(if: true) }', { v: null }],
    [
      'in what is not included',
      'query ($v: Int, $i: Boolean!) { hello given(size: $v) @include(if: $i) }',
      { v: null, i: false },
    ],
    [
      'in a fragment that is not',
      'query ($v: Int, $i: Boolean!) { hello ...F @include(if: $i) } fragment F on Query { given(size: $v) }',
      { v: null, i: false },
    ],
    ['for an object of which it is a field', 'query ($v: Range) { given(range: $v) }', { v: null }],
  ])('is accepted %s', async (_, query, variables) => {
    expect((await tiny.ask({ query, variables })).body.errors).toBeUndefined();
  });
});
