import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { hostOverHttp } from '../../../gateway/hosts/over-http.ts';
import { createCredential } from '../../../gateway/transport/credential.ts';
import { rawRequest, requestText } from '../../support/raw-request.ts';
import { openTinyGateway, type TinyGateway } from '../../support/tiny-gateway.ts';

const secret = 's'.repeat(32);

interface Met {
  readonly line: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A server that answers everything and keeps what it was asked. */
async function listen(met: Met[]): Promise<Server> {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    met.push({ line: `${request.method} ${request.url}`, headers: request.headers, body });
    response.setHeader('set-cookie', 'session=1');
    response.setHeader('etag', '"abc"');
    response.end('of a subgraph');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
const portOf = (server: Server) => (server.address() as AddressInfo).port;

describe('files of subgraphs behind HTTP', () => {
  const [atSubgraph, atOther]: [Met[], Met[]] = [[], []];
  let subgraph: Server;
  let other: Server;
  let tiny: TinyGateway;
  beforeAll(async () => {
    [subgraph, other] = await Promise.all([listen(atSubgraph), listen(atOther)]);
    const urls = {
      anagrafe: `http://127.0.0.1:${portOf(subgraph)}/graphql`,
      // Nothing listens there.
      payments: 'http://127.0.0.1:1/graphql',
    };
    const host = hostOverHttp({ urls, secret });
    tiny = await openTinyGateway({ host: { serveFile: host.serveFile } });
  });
  beforeEach(() => {
    atSubgraph.length = 0;
    atOther.length = 0;
  });
  afterAll(async () => {
    await tiny.close();
    for (const server of [subgraph, other]) server.closeAllConnections();
    for (const server of [subgraph, other]) server.close();
  });

  it('go to the subgraph that signed the address, with what it needs and nothing else', async () => {
    const path = '/documents/anagrafe/Ab3-_x/rata%201%20(copia).pdf';
    const answer = await rawRequest(
      tiny.url,
      requestText(`GET ${path}`, [
        'range: bytes=0-3',
        'if-none-match: "x"',
        'authorization: Bearer mine',
        'cookie: a=b',
        'x-subgraph-secret: guessed',
        'x-forwarded-for: 1.2.3.4',
        'x-request-budget-ms: 1',
        'connection: close, authorization',
      ]),
    );
    expect([answer.status, answer.body]).toEqual([200, 'of a subgraph']);
    expect(answer.head).not.toMatch(/set-cookie/i);
    expect(answer.head).toMatch(/etag: "abc"/i);
    const [met] = atSubgraph;
    expect(met?.line).toBe('GET /documents/anagrafe/Ab3-_x/file');
    expect(Object.keys(met?.headers ?? {}).sort()).toEqual([
      'connection',
      'host',
      'if-none-match',
      'range',
      'x-request-id',
      'x-subgraph-secret',
    ]);
    expect(met?.headers['x-subgraph-secret']).toBe(secret);
  });

  it('are taken by PUT, with their bytes', async () => {
    const put = requestText('PUT /uploads/anagrafe/Ab3', ['content-type: image/png'], 'bytes');
    expect((await rawRequest(tiny.url, put)).status).toBe(200);
    expect(atSubgraph).toMatchObject([
      {
        line: 'PUT /uploads/anagrafe/Ab3',
        headers: { 'content-type': 'image/png', 'content-length': '5' },
        body: 'bytes',
      },
    ]);
    const chunked = `PUT /uploads/anagrafe/Ab3 HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n`;
    expect((await rawRequest(tiny.url, chunked)).status).toBe(200);
    expect(atSubgraph[1]).toMatchObject({ body: 'abc' });
  });

  it('are fetched without a body: its bytes would be read as another request', async () => {
    const smuggled = 'POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-length: 0\r\n\r\n';
    const chunk = `${smuggled.length.toString(16)}\r\n${smuggled}\r\n0\r\n\r\n`;
    const headers = ['transfer-encoding: chunked'];
    await rawRequest(tiny.url, requestText('GET /documents/anagrafe/A/a.pdf', headers) + chunk);
    await rawRequest(tiny.url, requestText('GET /documents/anagrafe/A/a.pdf', [], smuggled));
    expect(atSubgraph.map(({ line, body }) => [line, body])).toEqual([
      ['GET /documents/anagrafe/A/file', ''],
      ['GET /documents/anagrafe/A/file', ''],
    ]);
  });

  it('are unavailable when their subgraph is', async () => {
    const answer = await rawRequest(tiny.url, requestText('GET /documents/payments/A/a.pdf'));
    expect([answer.status, JSON.parse(answer.body).errors[0].extensions.code]).toEqual([
      503,
      'SUBGRAPH_UNAVAILABLE',
    ]);
  });

  const hostile = () => {
    const there = `127.0.0.1:${portOf(other)}`;
    const targets = [
      `http://${there}/documents/anagrafe/../../internal/admin`,
      `http://${there}/documents/anagrafe/A/a.pdf`,
      `http://${there}/uploads/anagrafe/A`,
      `https://${there}/documents/anagrafe/A/a.pdf`,
      `//${there}/documents/anagrafe/A/a.pdf`,
      `/\\${there}/documents/anagrafe/A/a.pdf`,
      `/documents/anagrafe/../../graphql`,
      `/documents/anagrafe/%2e%2e/%2e%2e/graphql`,
      `/documents/anagrafe/A/../../../graphql`,
      `/documents/anagrafe/A/%2e%2e%2f%2e%2e%2fgraphql/x`,
      `/documents/anagrafe/..\\..\\graphql`,
      `/documents/anagrafe/A\\..\\..\\graphql`,
      `/documents/../documents/anagrafe/A/a.pdf`,
      `/documents/./anagrafe/A/a.pdf`,
      `/documents//anagrafe/A/a.pdf`,
      `/documents/anagrafe//A/a.pdf`,
      `/documents/anagrafe@${there}/A/a.pdf`,
      `/documents/anagrafe/A@${there}/a.pdf`,
      `/documents/anagrafe/A/a.pdf?next=http://${there}/`,
      `/documents/anagrafe/A/a.pdf#/../graphql`,
      `/documents/anagrafe/A;/a.pdf`,
      `/documents/anagrafe/A/a.pdf/..`,
      `/documents/anagrafe/`,
      `/documents/anagrafe`,
      `/documents/__proto__/A/a.pdf`,
      `/documents/constructor/A/a.pdf`,
      `/documents/toString/A/a.pdf`,
      `/documents/%61nagrafe/A/a.pdf`,
      `/documents/ANAGRAFE/A/a.pdf`,
      `/uploads/anagrafe/../../graphql`,
      `/uploads/anagrafe/%2e%2e/%2e%2e/graphql`,
      `/uploads/anagrafe/A/../../../graphql`,
      `/uploads/anagrafe/A?x=1`,
      `/uploads/anagrafe/A/b`,
      `/uploads/constructor/A`,
      `/%64ocuments/anagrafe/../../graphql`,
      `/Documents/anagrafe/../../graphql`,
      `/graphql/../documents/anagrafe/A/../../graphql`,
      `/health/../documents/anagrafe/A/a.pdf`,
      `*`,
    ];
    return ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'].flatMap((method) =>
      targets.map((target) => `${method} ${target}`),
    );
  };

  it('are reached by no other address: neither another host nor another path is', async () => {
    for (const line of hostile()) {
      const body = /^(?:POST|PUT)/.test(line) ? '{"query":"{ _service { sdl } }"}' : '';
      const { status } = await rawRequest(
        tiny.url,
        requestText(line, ['content-type: application/json'], body),
      );
      // The gateway answers preflights itself.
      if (!line.startsWith('OPTIONS')) expect([line, status >= 400 && status < 500]).toEqual([line, true]);
      expect([line, atSubgraph, atOther]).toEqual([line, [], []]);
    }
  });

  it('are asked for and sent by their own methods only', async () => {
    for (const line of [
      'POST /documents/anagrafe/A/a.pdf',
      'PUT /documents/anagrafe/A/a.pdf',
      'DELETE /documents/anagrafe/A/a.pdf',
      'PROPFIND /documents/anagrafe/A/a.pdf',
      'GET /uploads/anagrafe/A',
      'POST /uploads/anagrafe/A',
      'DELETE /uploads/anagrafe/A',
    ]) {
      const answer = await rawRequest(tiny.url, requestText(line));
      expect([line, answer.status]).toEqual([line, 405]);
      expect(answer.head).toMatch(line.includes('documents') ? /allow: GET, HEAD\r/i : /allow: PUT\r/i);
    }
    // Node refuses these before anybody looks at them.
    for (const line of ['CONNECT 127.0.0.1:80', 'TRACE /documents/anagrafe/A/a.pdf'])
      expect([line, (await rawRequest(tiny.url, requestText(line))).status]).not.toEqual([line, 200]);
    expect([atSubgraph, atOther]).toEqual([[], []]);
  });
});

describe('the credential of the gateway', () => {
  const credential = createCredential(secret, [
    'http://10.0.0.7:4001/graphql',
    'https://sub.example.it/graphql',
  ]);

  it('is for configured origins', () => {
    expect(credential(new URL('http://10.0.0.7:4001/health/ready'))).toEqual({ 'x-subgraph-secret': secret });
    expect(createCredential(null, ['http://a.test/'])(new URL('http://a.test/b'))).toEqual({});
  });

  it.each([
    'http://10.0.0.7/graphql',
    'http://10.0.0.7:4002/graphql',
    'https://10.0.0.7:4001/graphql',
    'http://sub.example.it/graphql',
    'https://sub.example.it.evil.example/graphql',
    'https://evil.example/?https://sub.example.it/',
    'https://sub.example.it@evil.example/',
    'file:///etc/passwd',
  ])('is not attached for %s', (address) => {
    expect(() => credential(new URL(address))).toThrow('configured subgraphs only');
  });
});
