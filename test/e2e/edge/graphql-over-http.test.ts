import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serverAudits } from 'graphql-http';
import { rawRequest, requestText } from '../../support/raw-request.ts';
import { openTinyGateway, outcomeOf, type TinyGateway } from '../../support/tiny-gateway.ts';

let tiny: TinyGateway;
beforeAll(async () => {
  tiny = await openTinyGateway();
});
afterAll(() => tiny.close());

const legacy = 'application/json';
const modern = 'application/graphql-response+json';

describe('GraphQL over HTTP', () => {
  it("does all that the specification's audit asks for, but queries by GET that a form could send", async () => {
    const failed: string[] = [];
    for (const audit of serverAudits({ url: tiny.url, fetchFn: fetch })) {
      const result = await audit.fn();
      if (result.status !== 'ok') failed.push(`${audit.id} ${result.reason}`);
    }
    expect(failed).toEqual([
      '5A70 Response status code is not 200',
      'D6D5 Response status code is not 200',
      '6A70 Response status code is not 200',
    ]);
  });

  const atFault: [string, object, string][] = [
    ['does not parse', { query: '{ hello' }, 'GRAPHQL_PARSE_FAILED'],
    ['is not valid', { query: '{ nope }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['has a literal that does not fit', { query: '{ books(first: "x") { id } }' }, 'BAD_USER_INPUT'],
    ['lacks a variable', { query: 'query ($n: ID!) { paymentNotice(number: $n) }' }, 'BAD_USER_INPUT'],
    [
      'has a variable that does not fit',
      { query: 'query ($n: Int) { books(first: $n) { id } }', variables: { n: 'x' } },
      'BAD_USER_INPUT',
    ],
    [
      'has a null where none may be',
      { query: 'query ($n: Int) { given(size: $n) }', variables: { n: null } },
      'BAD_USER_INPUT',
    ],
    ['is too large', { query: `{ ${'hello '.repeat(31)} }` }, 'BAD_USER_INPUT'],
    ['brings too much', { query: '{ books(first: 100000) { id shelf } }' }, 'BAD_USER_INPUT'],
    [
      'names no operation of the document',
      { query: 'query A { hello } query B { hello }' },
      'OPERATION_RESOLUTION_FAILURE',
    ],
    [
      'names another operation',
      { query: 'query A { hello }', operationName: 'toString' },
      'OPERATION_RESOLUTION_FAILURE',
    ],
    ['has no operation', { query: 'fragment F on Query { hello }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['subscribes', { query: 'subscription { hello }' }, 'GRAPHQL_VALIDATION_FAILED'],
  ];
  it.each(atFault)('answers an operation that %s by what the client accepts', async (_, body, code) => {
    for (const [accept, status, type] of [
      [legacy, 200, legacy],
      [`${legacy}; charset=utf-8`, 200, legacy],
      ['application/json, text/plain, */*', 200, legacy],
      [modern, 400, modern],
      [`${modern}, ${legacy};q=0.9`, 400, modern],
      [`${legacy};q=0.5, ${modern}`, 400, modern],
      ['*/*', 400, legacy],
      ['application/*', 400, legacy],
    ] as const) {
      const answer = await tiny.ask(body, { accept });
      expect([accept, ...outcomeOf(answer)]).toEqual([accept, status, code]);
      expect([accept, answer.headers.get('content-type')]).toEqual([accept, `${type}; charset=utf-8`]);
      expect(answer.body).not.toHaveProperty('data');
      expect(answer.body.errors?.[0]?.extensions).toMatchObject({
        requestId: answer.headers.get('x-request-id'),
      });
    }
  });

  it.each<[string, unknown, number]>([
    ['no JSON', '{"query":', 400],
    ['no object', '[{"query":"{ hello }"}]', 400],
    ['no operation', '{}', 400],
    ['a query that is no text', { query: 7 }, 400],
    ['variables that are no object', { query: '{ hello }', variables: [] }, 400],
    ['extensions that are no object', { query: '{ hello }', extensions: 'x' }, 400],
    ['an operation name that is no text', { query: '{ hello }', operationName: {} }, 400],
    ['a hash of nothing', { extensions: { persistedQuery: 7 } }, 400],
  ])('answers a request of %s as what it is, whatever the client accepts', async (_, body, status) => {
    for (const accept of [legacy, modern, '*/*']) {
      expect([accept, ...outcomeOf(await tiny.ask(body, { accept }))]).toEqual([
        accept,
        status,
        'BAD_REQUEST',
      ]);
    }
  });

  it('runs no operation if the client accepts no media type of its answer', async () => {
    for (const accept of ['text/html', 'image/png', 'multipart/mixed', 'application/json;q=0']) {
      const answer = await tiny.ask({ query: 'mutation { bump(by: 100) }' }, { accept });
      expect([accept, ...outcomeOf(answer)]).toEqual([accept, 406, 'BAD_REQUEST']);
      expect(answer.body.errors?.[0]?.message).toContain('application/json');
    }
    expect((await tiny.ask({ query: 'mutation { bump }' })).body.data).toEqual({ bump: 1 });
  });
});

describe('a GET', () => {
  const get = async (
    search: string,
    headers: Record<string, string> = { 'apollo-require-preflight': '1' },
  ) => {
    const response = await fetch(`${tiny.url}?${search}`, { headers });
    const body = (await response.json()) as {
      data?: unknown;
      errors?: { message: string; extensions: { code: string; requestId: string } }[];
    };
    return { status: response.status, headers: response.headers, body, message: body.errors?.[0]?.message };
  };
  const hello = `query=${encodeURIComponent('{ hello }')}`;

  it('runs a query with its variables, and names the header that it lacks', async () => {
    const query = encodeURIComponent('query ($to: String) { hello(to: $to) }');
    const variables = encodeURIComponent(JSON.stringify({ to: 'Luca' }));
    expect((await get(`query=${query}&variables=${variables}&operationName=`)).body).toEqual({
      data: { hello: 'hello Luca' },
    });
    for (const headers of [
      {},
      { 'apollo-require-preflight': '' },
      { accept: modern },
      { 'x-requested-with': 'XMLHttpRequest' },
    ]) {
      const { status, message, body } = await get(hello, headers);
      expect([status, body.errors?.[0]?.extensions.code]).toEqual([400, 'BAD_REQUEST']);
      expect(message).toContain('apollo-require-preflight');
    }
    for (const headers of [{ 'x-apollo-operation-name': 'Hello' }, { 'content-type': 'application/json' }])
      expect((await get(hello, headers)).status).toBe(200);
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'nonsense'])
      expect((await get(hello, { 'content-type': type, 'apollo-require-preflight': '1' })).status).toBe(415);
  });

  it('is for queries, and says by what method the others are sent', async () => {
    const write = await get(`query=${encodeURIComponent('mutation { bump }')}`);
    expect([write.status, write.headers.get('allow')]).toEqual([405, 'POST']);
    const one = encodeURIComponent('query A { hello } mutation B { bump }');
    expect((await get(`query=${one}&operationName=A`)).body).toEqual({ data: { hello: 'hello you' } });
    expect((await get(`query=${one}&operationName=B`)).status).toBe(405);
  });

  it('is as large as a head may be, and a HEAD runs nothing', async () => {
    const answer = await rawRequest(
      tiny.url,
      requestText(`HEAD /graphql?${hello}`, ['apollo-require-preflight: 1']),
    );
    expect(answer.status).toBe(405);
    const large = await rawRequest(tiny.url, requestText(`GET /graphql?${hello}&x=${'x'.repeat(20_000)}`));
    expect(large.status).toBe(431);
  });
});
