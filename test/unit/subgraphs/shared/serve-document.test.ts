import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { memoryAudit } from '../../../../core/audit.ts';
import { AppError } from '../../../../core/errors.ts';
import { createLog } from '../../../../core/log.ts';
import { legacyDocument } from '../../../../subgraphs/shared/documents/document-source.ts';
import { serveDocument } from '../../../../subgraphs/shared/documents/serve-document.ts';
import { createGrants } from '../../../../subgraphs/shared/grants.ts';
import type { RequestContext, Services } from '../../../../subgraphs/shared/request-context.ts';
import { claudia } from '../../../support/people.ts';
import { rawRequest, requestText } from '../../../support/raw-request.ts';

const content = Buffer.from('The quick brown fox jumps over the lazy dog.');
let now = new Date('2026-10-15T07:00:00Z');
const clock = { now: () => now, today: () => '2026-10-15' as never };
const audit = memoryAudit();
const options = { publicUrl: 'http://town.test', lifetimeMs: 60_000, clock };
const documents = createGrants({ ...options, secrets: ['a secret of the test'] });
const logLines: string[] = [];
const log = createLog((line) => void logLines.push(line));
const services = { legacy: {}, database: {}, documents, clock, log, audit } as unknown as Services;
let mayRead = true;
let endsEarly = false;
const subgraph = {
  name: 'letters',
  schema: {} as never,
  sdl: '',
  access: {},
  uploads: {},
  documents: {
    Letter: async (_scope: unknown, [key]: readonly unknown[]) => {
      if (key === 10) throw new AppError('LEGACY_CONTRACT_BROKEN', 'broken', { cause: 'SQL' });
      if (key === 12) throw new AppError('TIMEOUT', 'slow');
      if (key === 11) throw new AppError('OVERLOADED', 'many');
      if (key === 13) throw Object.assign(new Error('SQL'), { driverError: { code: '57P01' } });
      if (key === 14) throw new Error('SQL');
      if (key === 9) throw new AppError('LEGACY_UNAVAILABLE', 'down', { cause: 'SQL' });
      if (!mayRead || key !== 7) return null;
      return {
        fileName: 'lettera è "finita".pdf',
        mediaType: 'application/pdf',
        sizeBytes: content.length,
        sha256: 'abc',
        read: async ({ start, end }: { start: number; end: number }) =>
          Readable.from([content.subarray(start, endsEarly ? end : end + 1)]),
      };
    },
  },
};

describe('a file of the legacy system', () => {
  const file = { fileId: 'f1', fileName: 'a.pdf', mediaType: 'application/pdf', sizeBytes: 44, sha256: null };
  const opening = (opened: unknown) =>
    ({ legacy: { files: { open: async () => opened } } }) as unknown as RequestContext;

  it('is a document of its size, and none if it is not known how long it is', async () => {
    const bytes = Readable.from([content]);
    const document = legacyDocument(opening({ bytes }), file as never);
    expect(document).toMatchObject({ fileName: 'a.pdf', mediaType: 'application/pdf', sizeBytes: 44 });
    expect(await document?.read({ start: 0, end: 43 })).toBe(bytes);
    expect(legacyDocument(opening({ bytes }), { ...file, sizeBytes: null } as never)).toBeNull();
  });

  it('that is listed and not held is the legacy system’s fault', async () => {
    const document = legacyDocument(opening(null), file as never);
    await expect(document?.read({ start: 0, end: 43 })).rejects.toMatchObject({
      code: 'LEGACY_CONTRACT_BROKEN',
    });
  });
});

describe('a document by its address', () => {
  let server: Server;
  let base: string;
  beforeAll(async () => {
    server = createServer((request, response) => {
      void serveDocument(subgraph, services, { requestId: 'request-1', language: 'it' }, request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());

  const addressOf = (key: number, name = 'letters', grants = documents) =>
    base +
    new URL(grants.sign(name, { kind: 'Letter', parts: [key], caller: claudia }, 'a.pdf').downloadUrl)
      .pathname;
  const get = (url: string, headers: Record<string, string> = {}) => fetch(url, { headers });

  it('comes whole, inline, with a name that survives any letter', async () => {
    const response = await get(addressOf(7));
    expect([response.status, await response.text()]).toEqual([200, content.toString()]);
    expect(response.headers.get('content-length')).toBe(String(content.length));
    expect(response.headers.get('content-disposition')).toBe(
      `inline; filename="lettera _ _finita_.pdf"; filename*=UTF-8''lettera%20%C3%A8%20%22finita%22.pdf`,
    );
    expect(response.headers.get('etag')).toBe('"abc"');
    expect(audit.events.at(-1)).toMatchObject({
      action: 'Document.download',
      outcome: 'allowed',
      actor: { id: claudia.id },
    });
  });

  it.each([
    ['bytes=4-8', 206, 'quick', 'bytes 4-8/44'],
    ['bytes=40-', 206, 'dog.', 'bytes 40-43/44'],
    ['bytes=-4', 206, 'dog.', 'bytes 40-43/44'],
    ['bytes=0-999', 206, content.toString(), 'bytes 0-43/44'],
    ['bytes=44-', 416, '', 'bytes */44'],
    ['bytes=0-1,3-4', 200, content.toString(), null],
    ['lines=1-2', 200, content.toString(), null],
    ['bytes=8-4', 200, content.toString(), null],
  ])('answers the range %s with %i', async (range, status, text, contentRange) => {
    logLines.length = 0;
    const response = await get(addressOf(7), { range });
    expect([response.status, await response.text(), response.headers.get('content-range')]).toEqual([
      status,
      text,
      contentRange,
    ]);
    // As many bytes as were announced: none is missing at the end.
    await new Promise(setImmediate);
    expect(logLines).toEqual([]);
  });

  it('is not sent again to who has it, nor to who asks for the head', async () => {
    for (const held of ['"abc"', 'W/"abc"', '"old", "abc"', '*'])
      expect((await get(addressOf(7), { 'if-none-match': held })).status).toBe(304);
    expect((await get(addressOf(7), { 'if-none-match': '"old"' })).status).toBe(200);
    const range = 'bytes=4-8';
    expect((await get(addressOf(7), { range, 'if-range': '"abc"' })).status).toBe(206);
    expect((await get(addressOf(7), { range, 'if-range': '"old"' })).status).toBe(200);
    const head = await fetch(addressOf(7), { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '44', '']);
    const posted = await fetch(addressOf(7), { method: 'POST' });
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it('is refused alike whether it is unknown, forged, of another subgraph or no longer the caller’s', async () => {
    const other = createGrants({ ...options, secrets: ['another secret'] });
    const addresses = [
      addressOf(8),
      `${base}/documents/letters/AAAA/a.pdf`,
      addressOf(7, 'invoices'),
      addressOf(7, 'letters', other),
    ];
    const answers = await Promise.all(
      addresses.map(async (url) => [(await get(url)).status, await (await get(url)).text()]),
    );
    mayRead = false;
    answers.push([(await get(addressOf(7))).status, await (await get(addressOf(7))).text()]);
    mayRead = true;
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.[0]).toBe(404);
    expect(audit.events.at(-1)).toMatchObject({ outcome: 'refused' });
  });

  it('is read from its address only as it was made: with any letter replaced it is none of ours', () => {
    const { downloadUrl } = documents.sign('letters', { kind: 'Letter', parts: [7], caller: claudia }, 'a');
    const sealed = new URL(downloadUrl).pathname.split('/')[3] ?? '';
    expect(documents.read('letters', sealed)).toMatchObject({ kind: 'Letter', parts: [7] });
    for (let at = 0; at < sealed.length; at++) {
      const other = sealed[at] === 'A' ? 'B' : 'A';
      const replaced = sealed.slice(0, at) + other + sealed.slice(at + 1);
      expect([at, documents.read('letters', replaced)]).toEqual([at, null]);
    }
    for (const more of ['A', 'AAAA', '=', '==', '.', ' ', '\n', '\0', '%00', '/', '?a', '#a', '-', '_'])
      expect([more, documents.read('letters', sealed + more)]).toEqual([more, null]);
    expect(documents.read('letters', sealed.slice(0, -1))).toBeNull();
    expect(documents.readUpload('letters', sealed)).toBeNull();
  });

  it('is served for its own address only, whatever a request line makes of it', async () => {
    const { pathname } = new URL(addressOf(7));
    const [, , , sealed = ''] = pathname.split('/');
    const upload = documents.signUpload('letters', { kind: 'Letter', parts: [7], caller: claudia }, 60_000);
    const [, , , sealedUpload = ''] = new URL(upload.uploadUrl).pathname.split('/');
    const swapped = sealed.slice(0, 16) + sealed.slice(16).split('').reverse().join('');
    const targets = [
      `http://other.host${pathname}`,
      `//other.host${pathname}`,
      `/documents/letters/../letters/${sealed}/a.pdf`,
      `/documents/letters/%2e%2e/${sealed}/a.pdf`,
      `/documents/letters/x/../${sealed}/a.pdf`,
      `/documents/letters//${sealed}/a.pdf`,
      `/documents//letters/${sealed}/a.pdf`,
      `/documents/letters/${sealed}`,
      `/documents/letters/${sealed}/a.pdf/b.pdf`,
      `/documents/letters/${sealed}/a.pdf/../../${sealed}/a.pdf`,
      `/documents/letters/${sealed};x=1/a.pdf`,
      `/documents/letters/${sealed}/a.pdf?range=all`,
      `/documents/letters/${sealed}/a.pdf#top`,
      `/documents/letters/${encodeURIComponent(encodeURIComponent(`${sealed}/a.pdf`))}`,
      `/documents/letters/${sealed.replace(/./g, (letter) => `%${letter.charCodeAt(0).toString(16)}`)}/a.pdf`,
      `/documents/letters/${sealed.slice(0, 20)}%00${sealed.slice(20)}/a.pdf`,
      `/documents/letters/${sealed}%00/a.pdf`,
      `/documents/letters/${sealed}=/a.pdf`,
      `/documents/letters/${sealed}${sealed}/a.pdf`,
      `/documents/letters/${sealed.toLowerCase()}/a.pdf`,
      `/documents/letters/${swapped}/a.pdf`,
      `/documents/letters/${'A'.repeat(4_096)}/a.pdf`,
      `/documents/letters/${sealed}/${'a'.repeat(4_097)}`,
      `/DOCUMENTS/letters/${sealed}/a.pdf`,
      `/uploads/letters/${sealed}`,
      `/documents/letters/${sealedUpload}/a.pdf`,
    ];
    expect((await rawRequest(base, requestText(`GET ${pathname}`, []))).body).toBe(content.toString());
    const before = audit.events.length;
    for (const target of targets) {
      const { status, body } = await rawRequest(base, requestText(`GET ${target}`, []));
      expect([target.slice(0, 80), status]).toEqual([target.slice(0, 80), 404]);
      expect(body).not.toContain('quick');
    }
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'])
      expect([method, (await rawRequest(base, requestText(`${method} ${pathname}`, []))).status]).toEqual([
        method,
        405,
      ]);
    // Nothing of all that is an access to anything.
    expect(audit.events.length).toBe(before);
  });

  it('is asked for in the name of its person, whoever sends the request', async () => {
    const authorization = 'authorization: Bearer of-somebody-else';
    const { pathname } = new URL(addressOf(7));
    await rawRequest(base, requestText(`GET ${pathname}`, [authorization, 'x-caller: paolo', 'cookie: a=b']));
    expect(audit.events.at(-1)).toMatchObject({ outcome: 'allowed', actor: { id: claudia.id } });
    mayRead = false;
    expect((await rawRequest(base, requestText(`GET ${pathname}`, [authorization]))).status).toBe(404);
    mayRead = true;
  });

  it('expires, and says what to do', async () => {
    const address = addressOf(7);
    now = new Date(now.getTime() + 59_999);
    expect((await get(address)).status).toBe(200);
    now = new Date(now.getTime() + 1);
    const response = await get(address);
    expect([response.status, await response.json()]).toMatchObject([
      410,
      { errors: [{ message: expect.stringContaining('scaduto') }] },
    ]);
  });

  it('is signed with the first key and accepted with any', () => {
    const rotated = createGrants({ ...options, secrets: ['a new secret', 'a secret of the test'] });
    const sealed =
      new URL(
        documents.sign('letters', { kind: 'Letter', parts: [7], caller: claudia }, 'a').downloadUrl,
      ).pathname.split('/')[3] ?? '';
    expect(rotated.read('letters', sealed)).toMatchObject({ kind: 'Letter', parts: [7] });
    expect(sealed).not.toContain(Buffer.from(claudia.codiceFiscale).toString('base64url').slice(0, 12));
  });

  it('that the store cannot produce says so, and one that ends early breaks the connection', async () => {
    const refused = await get(addressOf(10));
    expect([refused.status, refused.headers.get('content-disposition')]).toEqual([502, null]);
    expect(await refused.text()).toMatch(/LEGACY_CONTRACT_BROKEN/);
    endsEarly = true;
    await expect(get(addressOf(7)).then((response) => response.text())).rejects.toThrow();
    endsEarly = false;
  });

  it('says when the legacy system is down, without its words', async () => {
    const response = await get(addressOf(9));
    const text = await response.text();
    expect([response.status, text.includes('SQL')]).toEqual([503, false]);
  });

  it.each([
    [11, 503, 'OVERLOADED', '5', 0],
    [12, 504, 'TIMEOUT', null, 1],
    [9, 503, 'LEGACY_UNAVAILABLE', '5', 0],
    [10, 502, 'LEGACY_CONTRACT_BROKEN', null, 1],
    [13, 503, 'SUBGRAPH_UNAVAILABLE', '5', 1],
    [14, 500, 'INTERNAL_SERVER_ERROR', null, 1],
  ])(
    'says when it could not be made now (%i), and logs what is news',
    async (key, status, code, wait, lines) => {
      logLines.length = 0;
      const response = await get(addressOf(key));
      expect([response.headers.get('retry-after'), logLines.length]).toEqual([wait, lines]);
      expect([response.status, await response.json()]).toMatchObject([
        status,
        {
          errors: [
            { message: expect.stringMatching(sentences[code] ?? /riprovare tra poco/), extensions: { code } },
          ],
        },
      ]);
    },
  );
});

const sentences: Readonly<Record<string, RegExp>> = {
  LEGACY_UNAVAILABLE: /riprovare più tardi/,
  SUBGRAPH_UNAVAILABLE: /riprovare più tardi/,
  INTERNAL_SERVER_ERROR: /^Errore interno.$/,
  LEGACY_CONTRACT_BROKEN: /chiederlo all’ufficio/,
};
