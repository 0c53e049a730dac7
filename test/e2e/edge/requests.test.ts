import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { requestText } from '../../support/raw-request.ts';
import { openTinyGateway, outcomeOf, type TinyGateway } from '../../support/tiny-gateway.ts';

describe('what a request may be', () => {
  let tiny: TinyGateway;
  beforeAll(async () => {
    tiny = await openTinyGateway();
  });
  afterAll(() => tiny.close());

  const query = (more = '') => JSON.stringify({ query: `{ hello }${more}` });

  it('is a body of 256 kB and not more, also when it was packed', async () => {
    const pad = (bytes: number) => query() + ' '.repeat(bytes);
    const room = 256 * 1024 - query().length;
    expect((await tiny.ask(pad(room))).body).toEqual({ data: { hello: 'hello you' } });
    expect(outcomeOf(await tiny.ask(pad(room + 1)))).toEqual([413, 'BAD_REQUEST']);
    const packed = await fetch(tiny.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: gzipSync(pad(50_000_000)),
    });
    expect(packed.status).toBe(413);
  });

  it.each([
    ['that is no JSON', '{"query":', 400],
    [
      'that nests without end',
      `{"query":"{ hello }","variables":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
      400,
    ],
    ['of very many values', `{"query":"{ hello }","variables":{"a":[${'1,'.repeat(20_000)}1]}}`, 400],
    ['of several operations', `[${query()},${query()}]`, 400],
    ['without an operation', '{}', 400],
    ['whose query is no text', '{"query":{"a":1}}', 400],
    ['whose variables are no object', '{"query":"{ hello }","variables":"x"}', 400],
    ['that is no object', '"{ hello }"', 400],
  ])('is no body %s', async (_, body, status) => {
    const answer = await tiny.ask(body);
    expect(answer.status).toBe(status);
    expect(answer.text.length).toBeLessThan(600);
    expect(answer.text).not.toMatch(/node_modules|at \w+ \(|SyntaxError|Unexpected token/);
  });

  it.each([
    ['application/x-www-form-urlencoded', 'query=mutation{bump}'],
    ['text/plain', query()],
    [
      'multipart/form-data; boundary=x',
      '--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n{}\r\n--x--',
    ],
  ])('is not sent as %s, as foreign pages can', async (type, body) => {
    const answer = await tiny.ask(body, { 'content-type': type, 'apollo-require-preflight': '1' });
    expect(outcomeOf(answer)).toEqual([415, 'BAD_REQUEST']);
  });

  it('is a GET for queries alone, and not from a form', async () => {
    const get = async (
      text: string,
      headers: Record<string, string> = { 'apollo-require-preflight': '1' },
    ) => {
      const response = await fetch(`${tiny.url}?query=${encodeURIComponent(text)}`, { headers });
      return [response.status, await response.json()];
    };
    expect(await get('{ hello }')).toEqual([200, { data: { hello: 'hello you' } }]);
    expect(await get('mutation { bump }')).toMatchObject([405, {}]);
    expect(await get('{ hello }', {})).toMatchObject([400, {}]);
    expect((await tiny.ask({ query: 'mutation { bump }' })).body).toEqual({ data: { bump: 1 } });
    const put = await fetch(tiny.url, { method: 'PUT', body: query() });
    expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, POST']);
  });

  it('is answered with headers that keep browsers from doing more with it', async () => {
    const { headers } = await tiny.ask(query());
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
    });
    expect(headers.has('x-powered-by')).toBe(false);
    expect(headers.has('access-control-allow-origin')).toBe(false);
  });

  it('is refused by the size of its pages, multiplied', async () => {
    const pages = (size: number) => ({
      query: 'query ($n: Int) { books(first: $n) { shelf } }',
      variables: { n: size },
    });
    expect((await tiny.ask(pages(1_000))).body.data?.books).toHaveLength(1_000);
    expect(outcomeOf(await tiny.ask(pages(30_000)))).toEqual([400, 'BAD_USER_INPUT']);
  });

  it('does not reach the fields that federation adds', async () => {
    for (const field of ['_service { sdl }', '_entities(representations: []) { __typename }']) {
      expect(outcomeOf(await tiny.ask({ query: `{ ${field} }` }))).toEqual([
        400,
        'GRAPHQL_VALIDATION_FAILED',
      ]);
    }
  });

  it('gets one error for one mistake made often, and nothing personal back', async () => {
    const { body } = await tiny.ask({ query: `{ ${'nope '.repeat(50)} }` });
    expect(body.errors).toHaveLength(1);
    const literal = await tiny.ask({ query: '{ books(first: "RSSCLD84C52A794Q") { id } }' });
    const variable = await tiny.ask({
      query: 'query ($n: Int) { books(first: $n) { id } }',
      variables: { n: 'RSSCLD84C52A794Q' },
    });
    for (const { status, text } of [literal, variable]) {
      expect(status).toBe(400);
      expect(text).not.toContain('RSSCLD84C52A794Q');
    }
    const long = await tiny.ask({ query: `{ ${'a'.repeat(200_000)} }` });
    expect(long.text.length).toBeLessThan(1_000);
  });

  it('names its fields as it likes, also as every object has them', async () => {
    const { body } = await tiny.ask({
      query: '{ books(first: 1) { constructor: shelf toString: title hasOwnProperty: id } }',
    });
    expect(body.data?.books).toEqual([{ constructor: 'S0', toString: 'Book 0', hasOwnProperty: '0' }]);
  });
});

describe('in production', () => {
  let tiny: TinyGateway;
  beforeAll(async () => {
    tiny = await openTinyGateway({ isProduction: true, edge: { trustedOperations: 'allow' } });
  });
  afterAll(() => tiny.close());

  it('tells nothing of its schema but the file that is meant for it', async () => {
    for (const query of ['{ __schema { queryType { name } } }', '{ __type(name: "Book") { name } }']) {
      const answer = await tiny.ask({ query });
      expect(answer.status).toBe(400);
      expect(answer.body.data).toBeUndefined();
    }
    const names = await tiny.ask({ query: '{ helo }' });
    const values = await tiny.ask({
      query: 'query ($k: Kind) { books { shelf(kind: $k) } }',
      variables: { k: 'HIG' },
    });
    for (const { status, text } of [names, values]) {
      expect(status).toBe(400);
      expect(text).not.toMatch(/Did you mean|hello|HIGH/);
    }
    const file = await fetch(new URL('/schema.graphql', tiny.url));
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
    const sdl = await file.text();
    expect(sdl).toContain('type Book {');
    expect(sdl).not.toMatch(/join__|_entities|_service|https?:/);
  });

  it('has no pages for developers', async () => {
    for (const path of ['/', '/graphiql', '/graphiql/graphiql.js']) {
      expect((await fetch(new URL(path, tiny.url))).status).toBe(404);
    }
    const browser = await fetch(tiny.url, { headers: { accept: 'text/html' } });
    expect(browser.headers.get('content-type')).not.toMatch(/html/);
  });
});

describe('the reference', () => {
  it('is served from a folder that the operator names, and in production from no other', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'docs-'));
    await writeFile(join(folder, 'index.html'), '<title>Reference</title>');
    const tiny = await openTinyGateway({ isProduction: true, edge: { docsPath: folder } });
    const none = await openTinyGateway({ isProduction: true });
    try {
      const page = await fetch(new URL('/docs', tiny.url));
      expect([page.status, new URL(page.url).pathname]).toEqual([200, '/docs/']);
      expect(await page.text()).toBe('<title>Reference</title>');
      expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/);
      for (const path of ['/docs/..%2fpackage.json', '/docs/%2e%2e/package.json', '/docs/nothing.html'])
        expect((await fetch(new URL(path, tiny.url))).status).toBe(404);
      expect((await fetch(new URL('/docs/', none.url))).status).toBe(404);
    } finally {
      await Promise.all([tiny.close(), none.close(), rm(folder, { recursive: true })]);
    }
  });
});

describe('pages of other origins', () => {
  it('call the API when they are listed, and only then', async () => {
    const tiny = await openTinyGateway({ edge: { corsOrigins: ['https://portale.example.it'] } });
    const preflight = (origin: string) =>
      fetch(tiny.url, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization,content-type',
        },
      });
    const listed = await preflight('https://portale.example.it');
    expect(listed.headers.get('access-control-allow-origin')).toBe('https://portale.example.it');
    expect(listed.headers.get('access-control-allow-headers')).toBe('authorization,content-type');
    expect(listed.headers.has('access-control-allow-credentials')).toBe(false);
    for (const origin of ['https://portale.example.it.evil.example', 'http://portale.example.it', 'null']) {
      expect((await preflight(origin)).headers.has('access-control-allow-origin')).toBe(false);
    }
    const answer = await tiny.ask({ query: '{ hello }' }, { origin: 'https://portale.example.it' });
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://portale.example.it');
    await tiny.close();
  });

  it('are those of this machine on every port, where that is asked for', async () => {
    const tiny = await openTinyGateway({ edge: { corsOrigins: ['http://localhost:*'] } });
    const allowed = async (origin: string) =>
      (await tiny.ask({ query: '{ hello }' }, { origin })).headers.get('access-control-allow-origin');
    for (const origin of ['http://localhost:5173', 'http://localhost:3000', 'http://localhost'])
      expect(await allowed(origin)).toBe(origin);
    for (const origin of [
      'https://localhost:5173',
      'http://localhost.evil.example:5173',
      'http://evil.example',
      'http://127.0.0.1:5173',
      'http://localhost:5173/path',
      'http://evil@localhost:5173',
      'http://LOCALHOST:5173',
      'null',
      '',
    ])
      expect(await allowed(origin)).toBeNull();
    await tiny.close();
  });
});

describe('what anybody may ask for', () => {
  it('reaches databases once for simultaneous requests', async () => {
    let checks = 0;
    const check = async () => ({ database: ++checks > 0 });
    const tiny = await openTinyGateway({ host: { check } });
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => fetch(new URL('/health/ready', tiny.url)).then((one) => one.json())),
    );
    expect(answers).toEqual(new Array(50).fill({ status: 'ok', parts: { database: true } }));
    // A second may begin while they come.
    expect(checks).toBeLessThanOrEqual(3);
    await tiny.close();
  });

  it('says whether to send requests here, also when something behind is down, and until it is to stop', async () => {
    const tiny = await openTinyGateway({
      host: { check: async () => ({ register: false }) },
      stopDelayMs: 400,
    });
    const asked = async (path: string) => {
      const answer = await fetch(new URL(`/health/${path}`, tiny.url));
      return [answer.status, await answer.json().catch(() => null)];
    };
    expect(await asked('live')).toEqual([200, { status: 'ok' }]);
    expect(await asked('serving')).toEqual([200, { status: 'ok' }]);
    expect(await asked('ready')).toEqual([503, { status: 'unavailable', parts: { register: false } }]);
    expect((await asked('other'))[0]).toBe(404);
    const closed = tiny.gateway.close();
    expect(await asked('serving')).toEqual([503, { status: 'stopping' }]);
    const last = await tiny.ask({ query: '{ hello }' });
    expect([last.status, last.headers.get('connection')]).toEqual([200, 'close']);
    await closed;
  });

  it('gets an id of its own, whatever id it brings', async () => {
    const tiny = await openTinyGateway();
    const ids = await Promise.all(
      [1, 2].map(async () =>
        (await tiny.ask(query, { 'x-request-id': 'mine-1234' })).headers.get('x-request-id'),
      ),
    );
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(id).toMatch(/^mine-1234\.[0-9a-f]{12}$/);
    await tiny.close();
  });
});

const query = { query: '{ hello }' };

describe('more at once than there is room for', () => {
  it('is refused at once with a time to retry, while those in flight are answered', async () => {
    const tiny = await openTinyGateway({ edge: { maxInFlight: 3 } });
    const slow = [1, 2, 3].map(() => tiny.ask({ query: '{ slow }' }));
    let refused = await tiny.ask({ query: '{ hello }' });
    while (refused.status === 200) refused = await tiny.ask({ query: '{ hello }' });
    expect(outcomeOf(refused)).toEqual([503, 'OVERLOADED']);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect((await fetch(new URL('/health/live', tiny.url))).status).toBe(200);
    const release = setInterval(() => tiny.release(), 5);
    expect((await Promise.all(slow)).map(({ body }) => body.data)).toEqual(
      [1, 2, 3].map(() => ({ slow: 'done' })),
    );
    clearInterval(release);
    expect((await tiny.ask({ query: '{ hello }' })).status).toBe(200);
    await tiny.close();
  });

  it('is refused to the address that has its share, and to no other', async () => {
    const tiny = await openTinyGateway({ edge: { maxInFlight: 12, trustedProxies: ['loopback'] } });
    const from = (address: string) => ({ 'x-forwarded-for': address });
    // Two addresses take all that they get: four each.
    const slow = ['192.0.2.1', '192.0.2.2'].flatMap((address) =>
      [1, 2, 3, 4].map(() => tiny.ask({ query: '{ slow }' }, from(address))),
    );
    for (const address of ['192.0.2.1', '192.0.2.2']) {
      let refused = await tiny.ask({ query: '{ hello }' }, from(address));
      while (refused.status === 200) refused = await tiny.ask({ query: '{ hello }' }, from(address));
      expect(outcomeOf(refused)).toEqual([503, 'OVERLOADED']);
    }
    expect((await tiny.ask({ query: '{ hello }' }, from('192.0.2.3'))).status).toBe(200);
    const release = setInterval(() => tiny.release(), 5);
    await Promise.all(slow);
    clearInterval(release);
    expect((await tiny.ask({ query: '{ hello }' }, from('192.0.2.1'))).status).toBe(200);
    await tiny.close();
  });

  it('does not come from clients whose bodies drip: a thousand of them of two addresses take nobody else a place', async () => {
    const tiny = await openTinyGateway({ edge: { maxInFlight: 3, trustedProxies: ['loopback'] } });
    const { port } = new URL(tiny.url);
    const sockets = Array.from({ length: 1_000 }, (_, n) => {
      const socket = connect(Number(port), '127.0.0.1').on('error', () => undefined);
      const headers = [
        `x-forwarded-for: 192.0.2.${n % 2}`,
        'content-type: application/json',
        'content-length: 100000',
      ];
      socket.write(`${requestText('POST /graphql', headers)}{"query":"{ hello }`);
      return socket;
    });
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    let refused = 0;
    for (const socket of sockets) socket.once('data', () => refused++);
    // As many as are refused besides two shares of a third.
    while (refused < 333) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(outcomeOf(await tiny.ask({ query: '{ hello }' }, { 'x-forwarded-for': '192.0.2.0' }))).toEqual([
      503,
      'OVERLOADED',
    ]);
    const answer = await tiny.ask({ query: '{ hello }' }, { 'x-forwarded-for': '192.0.2.9' });
    expect([answer.status, answer.body.data]).toEqual([200, { hello: 'hello you' }]);
    for (const socket of sockets) socket.destroy();
    await tiny.close();
  });

  it('may be five hundred writes by default', async () => {
    const tiny = await openTinyGateway();
    const answers = await Promise.all(
      Array.from({ length: 500 }, () => tiny.ask({ query: 'mutation { bump }' })),
    );
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect((await tiny.ask({ query: 'mutation { bump }' })).body.data).toEqual({ bump: 501 });
    await tiny.close();
  });
});
