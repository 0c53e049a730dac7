import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rawRequest, requestText } from '../../support/raw-request.ts';
import { openTinyGateway, type TinyGateway } from '../../support/tiny-gateway.ts';

const registered = 'query Greeting($to: String) {\n  hello(to: $to)\n}';
const hash = createHash('sha256').update(registered).digest('hex');
const json = 'content-type: application/json';

/** A server of registered operations: any other one that gets past it shows. */
let tiny: TinyGateway;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'manifest-'));
  const trustedOperationsPath = join(folder, 'documents.json');
  await writeFile(trustedOperationsPath, JSON.stringify({ [hash]: registered }));
  tiny = await openTinyGateway({ isProduction: true, edge: { ratePerMinute: 0, trustedOperationsPath } });
});
afterAll(async () => {
  await tiny.close();
  await rm(folder, { recursive: true });
});

const post = async (body: string | Buffer, headers: readonly string[] = [json]) => {
  const head = [
    'POST /graphql HTTP/1.1',
    'host: a',
    ...headers,
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  const answer = await rawRequest(
    tiny.url,
    Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), Buffer.from(body)]),
  );
  return [answer.status, codeOf(answer.body)] as const;
};
const get = async (search: string) => {
  const answer = await rawRequest(
    tiny.url,
    requestText(`GET /graphql?${search}`, ['apollo-require-preflight: 1']),
  );
  return [answer.status, codeOf(answer.body)] as const;
};
const codeOf = (body: string) =>
  (JSON.parse(body) as { errors?: { extensions: { code: string } }[] }).errors?.[0]?.extensions.code;

const greeting = encodeURIComponent(registered);
const other = encodeURIComponent('{ hello }');
const refused = [403, 'UNKNOWN_DOCUMENT'];
const malformed = [400, 'BAD_REQUEST'];
const answered = [200, undefined];

it('is UTF-8 with its mark or without, and has variables that nobody declared, under any name', async () => {
  const asked = { query: registered, variables: { to: 'è' } };
  expect(await post(`\ufeff${JSON.stringify(asked)}`)).toEqual(answered);
  expect(await post(Buffer.from(JSON.stringify(asked), 'latin1'))).toEqual(malformed);
  expect(await post(Buffer.from(`\ufeff${JSON.stringify(asked)}`, 'utf16le'))).toEqual(malformed);
  const others = Array.from({ length: 9_000 }, (_, n) => `"v${n}":1`).join();
  const more = `{"__proto__":{"to":"x"},"constructor":1,${others},"to":"è"}`;
  expect(await post(`{"query":${JSON.stringify(registered)},"variables":${more}}`)).toEqual(answered);
});

describe('a query string', () => {
  it.each([0, 998, 999, 1_000, 1_001, 5_000])(
    'is the same query with %d other keys in front',
    async (count) => {
      expect(await get(`${'a&'.repeat(count)}query=${other}`)).toEqual(refused);
      expect(await get(`${'a&'.repeat(count)}query=${greeting}`)).toEqual(answered);
      expect(await get(`${'a&'.repeat(count)}documentId=${hash}`)).toEqual(answered);
    },
  );

  it('names a parameter once', async () => {
    for (const search of [
      `query=${greeting}&query=${other}`,
      `query=${other}&query=${greeting}`,
      `query=${greeting}&query=`,
      `query=${greeting}&quer%79=${other}`,
      `query=${greeting}&${'a&'.repeat(1_000)}query=${other}`,
      `documentId=${hash}&documentId=${hash}`,
      `query=${greeting}&variables=%7B%7D&variables=%7B%7D`,
      `query=${greeting}&operationName=Greeting&operationName=Greeting`,
      `query=${greeting}&extensions=%7B%7D&extensions=%7B%7D`,
    ])
      expect([search, ...(await get(search))]).toEqual([search, ...malformed]);
  });

  it.each([
    ['in brackets', `query[]=${other}&query=${greeting}`, answered],
    ['in brackets alone', `query[]=${other}`, malformed],
    ['with an index', `query[0]=${other}`, malformed],
    ['within another', `a[query]=${other}`, malformed],
    ['in capitals', `QUERY=${other}`, malformed],
    ['after a semicolon', `query=${greeting};query=${other}`, [400, 'GRAPHQL_PARSE_FAILED']],
    ['as the prototype', `__proto__[query]=${other}`, malformed],
    ['with a comment', `query=${greeting}%23&x=1`, answered],
    ['in two encodings', `query=%7B+hello+%7D`, refused],
    ['encoded twice', `query=${encodeURIComponent(other)}`, [400, 'GRAPHQL_PARSE_FAILED']],
    ['with bytes that are no UTF-8', `query=%ff${greeting}`, [400, 'GRAPHQL_PARSE_FAILED']],
    ['with a broken escape', 'query=%7B%7', [400, 'GRAPHQL_PARSE_FAILED']],
    ['with the hash of another', `query=${other}&documentId=${hash}`, malformed],
    [
      'with the hash of another in its extensions',
      `query=${other}&extensions=${encodeURIComponent(JSON.stringify({ persistedQuery: { version: 1, sha256Hash: hash } }))}`,
      malformed,
    ],
  ])('%s is read as it is', async (_, search, outcome) => {
    expect(await get(search)).toEqual(outcome);
  });

  it('has variables that are one JSON object', async () => {
    const asking = (variables: string) => get(`query=${greeting}&variables=${encodeURIComponent(variables)}`);
    expect(await asking('{"to":"Luca"}')).toEqual(answered);
    expect(await asking('null')).toEqual(answered);
    for (const variables of ['[]', '7', '"x"', '{', '{"to":1,"to":2}', `${'['.repeat(40)}${']'.repeat(40)}`])
      expect([variables, (await asking(variables))[0]]).toEqual([variables, 400]);
  });
});

describe('a body', () => {
  const body = (query: string) => JSON.stringify({ query });

  it('names each member of its objects once, however it is written', async () => {
    const [known, unknown] = [JSON.stringify(registered), '"{ hello }"'];
    for (const text of [
      `{"query":${known},"query":${unknown}}`,
      `{"query":${unknown},"query":${known}}`,
      `{"query":${known},"\\u0071uery":${unknown}}`,
      `{"\\u0071\\u0075ery":${unknown},"query":${known}}`,
      `{"query":${known},"variables":{"to":"a","t\\u006f":"b"}}`,
      `{"query":${known},"extensions":{"a":{"b":1,"b":2}}}`,
      `{"query":${known},"variables":{"to":[{"a":1,"a":1}]}}`,
    ])
      expect([text, ...(await post(text))]).toEqual([text, 400, 'BAD_USER_INPUT']);
    // The same name in two objects, or as a value, is no second one.
    expect(
      await post(
        `{"query":${known},"extensions":{"a":{"query":1},"b":[{"query":1},{"query":1}],"c":"query"}}`,
      ),
    ).toEqual(answered);
  });

  it('is what a hash or an alias of `query` does not change', async () => {
    const persistedQuery = { version: 1, sha256Hash: hash };
    expect(await post(JSON.stringify({ query: '{ hello }', extensions: { persistedQuery } }))).toEqual(
      malformed,
    );
    expect(await post(JSON.stringify({ query: '{ hello }', documentId: hash }))).toEqual(malformed);
    expect(await post(JSON.stringify({ query: null, documentId: hash }))).toEqual(answered);
    expect(await post(JSON.stringify({ query: '', extensions: { persistedQuery } }))).toEqual(answered);
    expect(await post(JSON.stringify({ Query: '{ hello }' }))).toEqual(malformed);
    expect(await post('{"__proto__":{"query":"{ hello }"}}')).toEqual(malformed);
    expect(await post(`{"query":${JSON.stringify(registered)},"__proto__":{"query":"{ hello }"}}`)).toEqual(
      answered,
    );
    // What a query string adds to a body is not looked at.
    const head = requestText(`POST /graphql?query=${other}`, [json], body(registered));
    expect((await rawRequest(tiny.url, head)).status).toBe(200);
    expect(
      (await rawRequest(tiny.url, requestText(`POST /graphql?query=${greeting}`, [json], body('{ hello }'))))
        .status,
    ).toBe(403);
  });

  it.each([
    'utf-16',
    'utf-16le',
    'utf-16be',
    'utf-32',
    'utf-7',
    'utf8mb4',
    'iso-8859-1',
    'us-ascii',
    'klingon',
  ])('is UTF-8 and not %s', async (charset) => {
    const bytes = charset.startsWith('utf-16')
      ? Buffer.from(body('{ hello }'), 'utf16le')
      : Buffer.from(body('{ hello }'));
    expect(await post(bytes, [`content-type: application/json; charset=${charset}`])).toEqual([
      415,
      'BAD_REQUEST',
    ]);
  });

  it('is UTF-8 however that is said, and no other bytes', async () => {
    for (const type of [
      'application/json',
      'application/json;charset=UTF-8',
      'Application/JSON; charset="utf-8"',
      'application/json; charset=utf8',
    ])
      expect([type, ...(await post(body(registered), [`content-type: ${type}`]))]).toEqual([
        type,
        ...answered,
      ]);
    expect(await post(Buffer.from(body(registered), 'utf16le'))).toEqual(malformed);
    expect(
      await post(Buffer.concat([Buffer.from('{"query":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')])),
    ).toEqual(malformed);
    // Half of a surrogate pair, and NUL in two bytes, as no UTF-8 has them.
    expect(
      await post(
        Buffer.concat([Buffer.from('{"query":"'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('"}')]),
      ),
    ).toEqual(malformed);
    expect(
      await post(Buffer.concat([Buffer.from('{"query":"'), Buffer.from([0xc0, 0x80]), Buffer.from('"}')])),
    ).toEqual(malformed);
  });

  it('is compressed as its header says, in one of three ways', async () => {
    const packed = (encoding: string, bytes: Buffer) => post(bytes, [json, `content-encoding: ${encoding}`]);
    const bytes = Buffer.from(body(registered));
    expect(await packed('gzip', gzipSync(bytes))).toEqual(answered);
    expect(await packed('deflate', deflateSync(bytes))).toEqual(answered);
    expect(await packed('br', brotliCompressSync(bytes))).toEqual(answered);
    expect(await packed('identity', bytes)).toEqual(answered);
    for (const encoding of ['zstd', 'compress', 'x-gzip', 'gzip, gzip', 'gzip, identity', 'exi', '*', ''])
      expect([encoding, ...(await packed(encoding, zstdCompressSync(bytes)))]).toEqual([
        encoding,
        415,
        'BAD_REQUEST',
      ]);
    expect(await packed('gzip', bytes)).toEqual(malformed);
  });

  it('has one content type, one token and one length', async () => {
    const twice = (...headers: string[]) => post(body(registered), headers);
    expect(await twice(json, 'content-type: text/plain')).toEqual(malformed);
    expect(await twice(json, json)).toEqual(malformed);
    expect(await twice(json, 'content-encoding: gzip', 'content-encoding: identity')).toEqual(malformed);
    expect(await twice(json, 'host: b')).toEqual(malformed);
    for (const header of ['content-length: 3', 'transfer-encoding: chunked'])
      expect(
        (await rawRequest(tiny.url, requestText('POST /graphql', [json, header], body(registered)))).status,
      ).toBe(400);
  });
});
