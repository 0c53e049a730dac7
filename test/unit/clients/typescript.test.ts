import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { createClient } from '../../../clients/typescript/src/create-client.ts';
import { registered } from '../../../clients/typescript/src/operation.ts';
import {
  Children,
  CreateUpload,
  Invoices,
  PaymentSessionStatus,
  StartPayment,
} from '../../../clients/typescript/src/operations.generated.ts';
import { isProblem } from '../../../clients/typescript/src/problems.ts';
import { uploadFile } from '../../../clients/typescript/src/upload-file.ts';
import { waitForPayment } from '../../../clients/typescript/src/wait-for.ts';
import { verifyWebhook } from '../../../clients/typescript/src/webhooks.ts';
import { closeServer, listenAt } from '../../../core/http/listen.ts';
import { projectFile } from '../../../core/project-root.ts';

interface Sent {
  readonly url: string;
  readonly headers: Headers;
  readonly body: { readonly query: string; readonly variables: Record<string, unknown> };
}
type Answer =
  | { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: unknown }
  | Error;

/** A client of an API that answers these, one after another; the last one again and again. */
function talking(answers: readonly Answer[], options: Partial<Parameters<typeof createClient>[0]> = {}) {
  const sent: Sent[] = [];
  const fake = async (url: unknown, init?: RequestInit): Promise<Response> => {
    const text = typeof init?.body === 'string' ? init.body : '{}';
    sent.push({ url: String(url), headers: new Headers(init?.headers), body: JSON.parse(text) });
    const answer = answers[Math.min(sent.length, answers.length) - 1] ?? {};
    if (answer instanceof Error) throw answer;
    const headers = { 'content-type': 'application/json', ...answer.headers };
    return new Response(JSON.stringify(answer.body ?? {}), { status: answer.status ?? 200, headers });
  };
  const client = createClient({ url: 'http://api.test/graphql', fetch: fake as typeof fetch, ...options });
  return { client, sent };
}

const data = (value: unknown): Answer => ({ body: { data: value } });

describe('the TypeScript client', () => {
  it('sends a registered operation with token and language, and answers typed data', async () => {
    let count = 0;
    const { client, sent } = talking([data({ me: { id: '1', children: [] } })], {
      token: async () => `token-${++count}`,
      language: 'en',
    });
    const { me } = await client.query(Children, {});
    expect(me?.children).toEqual([]);
    await client.query(Children, {});
    expect(sent.map(({ headers }) => [headers.get('authorization'), headers.get('accept-language')])).toEqual(
      [
        ['Bearer token-1', 'en'],
        ['Bearer token-2', 'en'],
      ],
    );
    const { operations } = JSON.parse(readFileSync(projectFile('schema', 'documents.json'), 'utf8'));
    const registered = operations.find(({ name }: { name: string }) => name === 'Children').body;
    expect(sent[0]?.body.query.trim()).toBe(registered.trim());
  });

  it('names the fields that were lost, and throws what was refused', async () => {
    const lost = {
      message: 'Il registro non risponde.',
      path: ['me', 'children'],
      extensions: { code: 'LEGACY_UNAVAILABLE', requestId: 'r1' },
    };
    const { client } = talking([
      { body: { data: { me: { id: '1', children: null } }, errors: [lost] } },
      {
        status: 401,
        body: { errors: [{ message: 'Expired.', extensions: { code: 'UNAUTHENTICATED', requestId: 'r2' } }] },
      },
      { status: 500, body: 'no' },
    ]);
    expect(await client.request(Children, {})).toMatchObject({
      data: { me: { children: null } },
      errors: [{ code: 'LEGACY_UNAVAILABLE', path: ['me', 'children'], requestId: 'r1' }],
    });
    await expect(client.query(Children, {})).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      status: 401,
      requestId: 'r2',
    });
    await expect(client.query(Children, {})).rejects.toMatchObject({
      name: 'ApiError',
      code: 'NETWORK',
      status: 500,
    });
  });

  it('tries again what got no answer, 429 and 503, with one idempotency key for all tries', async () => {
    const { client, sent } = talking([
      new TypeError('fetch failed'),
      { status: 429, headers: { 'retry-after': '0' } },
      { status: 503, headers: { 'retry-after': new Date(0).toUTCString() } },
      data({ startPayment: { __typename: 'NotPayable', code: 'DEBT_PAID', message: 'Già pagato.' } }),
    ]);
    const { startPayment } = await client.mutate(StartPayment, {
      input: { debtIds: ['d'], returnUrl: 'https://x.test/' },
    });
    expect(startPayment && isProblem(startPayment) && startPayment.code).toBe('DEBT_PAID');
    const keys = sent.map(({ body }) => (body.variables.input as { idempotencyKey: string }).idempotencyKey);
    expect(keys).toHaveLength(4);
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toMatch(/^[\da-f-]{36}$/);
    // A key that is given stays, and another call has another.
    await client.mutate(StartPayment, {
      input: { debtIds: ['d'], returnUrl: 'https://x.test/', idempotencyKey: 'mine' },
    });
    await client.mutate(StartPayment, { input: { debtIds: ['d'], returnUrl: 'https://x.test/' } });
    const [mine, other] = sent
      .slice(4)
      .map(({ body }) => (body.variables.input as { idempotencyKey: string }).idempotencyKey);
    expect([mine, other === keys[0]]).toEqual(['mine', false]);
  });

  it('tries again what a proxy answers whose server died, and an answer that broke off', async () => {
    const found = data({ me: { id: '1', children: [] } });
    const { client, sent } = talking([
      { status: 502, headers: { 'retry-after': '0' } },
      { status: 504 },
      found,
    ]);
    expect((await client.query(Children, {})).me?.children).toEqual([]);
    expect(sent).toHaveLength(3);
    let asked = 0;
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 2_000 });
      const text = JSON.stringify({ data: { me: { id: '1', children: [] } } });
      if (asked++ === 0) response.write('{"data":', () => response.destroy());
      else response.end(text.padEnd(2_000));
    });
    const port = await listenAt(server, { port: 0, host: '127.0.0.1', portVariable: 'PORT' });
    const real = createClient({ url: `http://127.0.0.1:${port}/` });
    expect((await real.query(Children, {})).me?.children).toEqual([]);
    expect(asked).toBe(2);
    await closeServer(server);
  });

  it('tries a mutation again, with its key, that met a part of the service which died', async () => {
    const died: Answer = {
      body: {
        data: { startPayment: null },
        errors: [
          {
            message: 'x',
            path: ['startPayment'],
            extensions: { code: 'SUBGRAPH_UNAVAILABLE', requestId: 'r1' },
          },
        ],
      },
    };
    const found = data({
      startPayment: { __typename: 'NotPayable', code: 'DEBT_PAID', message: 'Già pagato.' },
    });
    const start = { input: { debtIds: ['d'], returnUrl: 'https://x.test/' } };
    const { client, sent } = talking([died, found]);
    expect((await client.mutate(StartPayment, start)).startPayment).toMatchObject({ code: 'DEBT_PAID' });
    const keys = sent.map(({ body }) => (body.variables.input as { idempotencyKey: string }).idempotencyKey);
    expect([keys.length, new Set(keys).size]).toEqual([2, 1]);
    const dead = talking([died], { retries: 1 });
    await expect(dead.client.mutate(StartPayment, start)).rejects.toMatchObject({
      code: 'SUBGRAPH_UNAVAILABLE',
    });
    expect(dead.sent).toHaveLength(2);
  });

  it('gives up after its tries, and at once where it would have to wait too long', async () => {
    const many = talking([{ status: 503, headers: { 'retry-after': '0' } }], { retries: 2 });
    await expect(many.client.query(Children, {})).rejects.toMatchObject({ status: 503 });
    expect(many.sent).toHaveLength(3);
    const long = talking([
      {
        status: 429,
        headers: { 'retry-after': '60' },
        body: { errors: [{ message: 'x', extensions: { code: 'TOO_MANY_REQUESTS' } }] },
      },
    ]);
    await expect(long.client.query(Children, {})).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    expect(long.sent).toHaveLength(1);
  });

  it('reads all pages of a list', async () => {
    const page = (numbers: number[], endCursor: string | null) =>
      data({
        me: {
          invoices: {
            pageInfo: { hasNextPage: endCursor !== null, endCursor },
            edges: numbers.map((number) => ({ node: { number } })),
          },
        },
      });
    const { client, sent } = talking([page([1, 2], 'c1'), page([], 'c2'), page([3], null)]);
    const numbers: number[] = [];
    for await (const { number } of client.rows(Invoices, { first: 2 }, ({ me }) => me?.invoices))
      numbers.push(number);
    expect(numbers).toEqual([1, 2, 3]);
    expect(sent.map(({ body }) => body.variables.after)).toEqual([undefined, 'c1', 'c2']);
    const none = talking([data({ me: null })]);
    for await (const row of none.client.rows(Invoices, {}, ({ me }) => me?.invoices))
      throw new Error(`${row.number}`);
  });

  it('waits for a payment, and no longer than its signal', async () => {
    const session = (status: string) => data({ paymentSession: { id: 's', status, items: [] } });
    const { client, sent } = talking([session('STARTED'), session('STARTED'), session('SETTLED')]);
    expect((await waitForPayment(client, 's', { everyMs: 1 }))?.status).toBe('SETTLED');
    expect(sent).toHaveLength(3);
    const endless = talking([session('STARTED')]);
    await expect(waitForPayment(endless.client, 's', { signal: AbortSignal.timeout(20) })).rejects.toThrow(
      'timeout',
    );
    expect(await waitForPayment(talking([data({ paymentSession: null })]).client, 's')).toBeNull();
    expect(PaymentSessionStatus.takesKey).toBeUndefined();
    expect(CreateUpload.takesKey).toBeUndefined();
    expect(StartPayment.takesKey).toBe(true);
  });

  it('sends a file in one call, without the token at its address', async () => {
    const ticket = {
      __typename: 'UploadTicket',
      uploadId: 'u1',
      uploadUrl: 'http://files.test/1',
      expiresAt: '',
    };
    const file = {
      practiceId: 'p',
      attachmentCode: 'C',
      fileName: 'a.pdf',
      content: new Uint8Array([1, 2, 3]),
    };
    const { client, sent } = talking(
      [data({ createUpload: ticket }), { status: 201, body: { uploadId: 'u1' } }],
      { token: 't' },
    );
    expect(await uploadFile(client, file)).toEqual({ uploadId: 'u1' });
    expect(sent[0]?.body.variables).toEqual({
      input: { practiceId: 'p', attachmentCode: 'C', fileName: 'a.pdf', mediaType: '', sizeBytes: 3 },
    });
    expect([sent[1]?.url, sent[1]?.headers.get('authorization')]).toEqual(['http://files.test/1', null]);
    const refused = talking([
      data({ createUpload: { __typename: 'UploadRefused', code: 'QUOTA_EXCEEDED', message: 'x' } }),
    ]);
    expect(await uploadFile(refused.client, file)).toMatchObject({ code: 'QUOTA_EXCEEDED' });
    const late = talking([
      data({ createUpload: ticket }),
      { status: 410, body: { errors: [{ message: 'Late.', extensions: { code: 'EXPIRED' } }] } },
    ]);
    await expect(uploadFile(late.client, file)).rejects.toMatchObject({ code: 'EXPIRED', status: 410 });
  });

  it('throws in place of an incomplete answer: a query, a list, a mutation without a result', async () => {
    const lost = (field: string) => ({
      body: {
        data: { [field]: null },
        errors: [{ message: 'Down.', path: [field], extensions: { code: 'LEGACY_UNAVAILABLE' } }],
      },
    });
    const down = { code: 'LEGACY_UNAVAILABLE', status: 200, isPassing: true };
    await expect(talking([lost('me')]).client.query(Children, {})).rejects.toMatchObject(down);
    const page = data({
      me: { invoices: { pageInfo: { hasNextPage: true, endCursor: 'c' }, edges: [{ node: { number: 1 } }] } },
    });
    const numbers: number[] = [];
    const rows = talking([page, lost('me')]).client.rows(Invoices, {}, ({ me }) => me?.invoices);
    const read = async () => {
      for await (const { number } of rows) numbers.push(number);
    };
    await expect(read()).rejects.toMatchObject(down);
    expect(numbers).toEqual([1]);
    const input = { debtIds: ['d'], returnUrl: 'https://x.test/' };
    await expect(
      talking([lost('startPayment')]).client.mutate(StartPayment, { input }),
    ).rejects.toMatchObject(down);
  });

  it('goes on waiting while the API fails, and gives up after five failures in a row', async () => {
    const failed = {
      body: { data: { paymentSession: null }, errors: [{ message: 'x', extensions: { code: 'TIMEOUT' } }] },
    };
    const session = (status: string) => data({ paymentSession: { id: 's', status, items: [] } });
    let asked = 0;
    const options = { everyMs: 1, onWaiting: () => void asked++ };
    const { client } = talking([failed, failed, session('STARTED'), failed, session('FAILED')]);
    expect((await waitForPayment(client, 's', options))?.status).toBe('FAILED');
    expect(asked).toBe(1);
    const dead = talking([failed]);
    await expect(waitForPayment(dead.client, 's', options)).rejects.toMatchObject({ code: 'TIMEOUT' });
    expect(dead.sent).toHaveLength(5);
    const refused = talking([
      { status: 401, body: { errors: [{ message: 'x', extensions: { code: 'UNAUTHENTICATED' } }] } },
    ]);
    await expect(waitForPayment(refused.client, 's', options)).rejects.toMatchObject({ status: 401 });
    expect(refused.sent).toHaveLength(1);
  });

  it('asks for another token once after 401, and sends the same request with it', async () => {
    const expired = { status: 401, body: { errors: [{ message: 'x', extensions: {} }] } };
    const refusals: (string | undefined)[] = [];
    const token = (refused?: string) => {
      refusals.push(refused);
      return refused === undefined ? 'old' : 'new';
    };
    const { client, sent } = talking([expired, data({ me: null })], { token });
    await client.query(Children, {});
    expect(refusals).toEqual([undefined, 'old']);
    expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer old', 'Bearer new']);
    const fixed = talking([expired], { token: 't' });
    await expect(fixed.client.query(Children, {})).rejects.toMatchObject({ status: 401 });
    expect(fixed.sent).toHaveLength(1);
    const always = talking([expired], { token });
    await expect(always.client.query(Children, {})).rejects.toMatchObject({ status: 401 });
    expect(always.sent).toHaveLength(2);
  });

  it('ends a try without an answer, and tells when the API wants to be asked again', async () => {
    const hanging = (_url: unknown, init?: RequestInit) =>
      new Promise<Response>((_resolve, reject) =>
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason)),
      );
    const client = createClient({
      url: 'http://api.test/graphql',
      fetch: hanging as typeof fetch,
      timeoutMs: 5,
      retries: 0,
    });
    await expect(client.query(Children, {})).rejects.toMatchObject({ code: 'NETWORK', isPassing: true });
    const limited = talking([
      {
        status: 429,
        headers: { 'retry-after': '41' },
        body: { errors: [{ message: 'x', extensions: { code: 'TOO_MANY_REQUESTS' } }] },
      },
    ]);
    await expect(limited.client.query(Children, {})).rejects.toMatchObject({ retryAfterMs: 41_000 });
  });

  it('sends no text of a registered operation', async () => {
    const { client, sent } = talking([data({ x: null })]);
    const document = registered<{ x: null }, { input: { a: number } }>('sha256:00', { takesKey: true });
    await client.mutate(document, { input: { a: 1 } });
    expect(sent[0]?.body).toEqual({
      documentId: 'sha256:00',
      variables: { input: { a: 1, idempotencyKey: expect.any(String) } },
    });
  });

  it('counts a file as sent if the answer to an earlier try was lost', async () => {
    const ticket = { __typename: 'UploadTicket', uploadId: 'u1', uploadUrl: 'http://files.test/1' };
    const refusal = (code: string) => ({
      status: 409,
      body: { errors: [{ message: code, extensions: { code } }] },
    });
    const { client, sent } = talking([
      data({ createUpload: ticket }),
      new TypeError('fetch failed'),
      refusal('IN_PROGRESS'),
      refusal('ALREADY_RECEIVED'),
    ]);
    const file = { practiceId: 'p', attachmentCode: 'C', fileName: 'a.pdf', content: new Blob(['x']) };
    expect(await uploadFile(client, file)).toEqual({ uploadId: 'u1' });
    expect(sent).toHaveLength(4);
  });

  it('verifies webhooks, from headers of either kind', () => {
    const secret = `whsec_${Buffer.alloc(24, 3).toString('base64')}`;
    const body = '{"id":"evt_1","type":"debt.settled","timestamp":"x","data":{"creditor":"c","iuv":"i"}}';
    const at = new Date();
    const headers = {
      'webhook-id': 'evt_1',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': new Webhook(secret).sign('evt_1', at, body),
    };
    const event = verifyWebhook(secret, body, headers);
    expect(event.type === 'debt.settled' && event.data.iuv).toBe('i');
    expect(verifyWebhook(secret, body, new Headers(headers))).toEqual(event);
    expect(() => verifyWebhook(secret, `${body} `, headers)).toThrow('No matching signature');
    expect(() => verifyWebhook(secret, body, {})).toThrow();
  });

  it('has the version of the schema', () => {
    const versionOf = (...path: string[]) => JSON.parse(readFileSync(projectFile(...path), 'utf8')).version;
    expect(versionOf('clients', 'typescript', 'package.json')).toBe(versionOf('package.json'));
  });
});
