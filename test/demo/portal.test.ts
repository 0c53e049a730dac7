import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { projectFile } from '../../core/project-root.ts';
import { type PortalPlace, takePortalPort } from '../../demo/portal/open-portal.ts';

const config = {
  townName: 'Comune di </script><script>alert(1)</script>',
  townTagline: 'Provincia',
  graphqlUrl: 'http://127.0.0.1:4000/graphql',
  issuer: 'http://127.0.0.1:4010',
  clientId: 'demo-portal',
  audience: 'https://api.example.it/graphql',
};

describe('the portal of the demo', () => {
  let folder: string;
  let place: PortalPlace;
  beforeAll(async () => {
    // In a folder with a dot, as the demo's cache is.
    folder = await mkdtemp(join(tmpdir(), '.portal-'));
    await mkdir(join(folder, 'assets'));
    const page = '<html><script id="portal-config" type="application/json">{"townName":"x"}</script></html>';
    await writeFile(join(folder, 'index.html'), page);
    await writeFile(join(folder, 'addresses.json'), '["/","/pratiche/:practiceId/riepilogo"]');
    await writeFile(join(folder, 'favicon.svg'), '<svg/>');
    for (const [name, text] of [
      ['main.js', 'plain'],
      ['main.js.br', 'brotli'],
      ['main.js.gz', 'gzip'],
    ] as const)
      await writeFile(join(folder, 'assets', name), text);
    place = await takePortalPort('127.0.0.1', 0);
    expect((await fetch(place.url)).status).toBe(503);
    await place.open(folder, config);
  });
  afterAll(async () => {
    await place.close();
    await rm(folder, { recursive: true, force: true });
  });

  const get = (path: string, init: RequestInit = {}) => fetch(`${place.url}${path}`, init);

  it('is one page at each of its addresses, and the same page as a 404 at any other', async () => {
    for (const path of ['/', '/pratiche/abc/riepilogo', '/pratiche/abc/riepilogo/'])
      expect((await get(path)).status).toBe(200);
    for (const path of [
      '/pratiche',
      '/pratiche/a/b/riepilogo',
      '/assets/none.js',
      '/.env',
      '/index.html',
      '/docs/',
    ])
      expect([path, (await get(path)).status]).toEqual([path, 404]);
    expect(await (await get('/nothing')).text()).toContain('portal-config');
    expect((await get('/favicon.svg')).headers.get('content-type')).toMatch(/svg/);
    expect((await get('/', { method: 'POST' })).status).toBe(405);
  });

  it('has a receiver of webhooks beside it, which verifies and shows what came', async () => {
    const { Webhook } = await import('standardwebhooks');
    const secret = `whsec_${Buffer.alloc(24, 1).toString('base64')}`;
    const send = (key: string) => {
      const [at, body] = [new Date(), '{"type":"ping","data":{"x":"<b>"}}'];
      const headers = {
        'webhook-id': 'evt_1',
        'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
        'webhook-signature': new Webhook(key).sign('evt_1', at, body),
      };
      return get('/webhook-receiver', { method: 'POST', headers, body });
    };
    expect((await send(secret)).status).toBe(204);
    const typed = new URLSearchParams({ secret });
    const set = await get('/webhook-receiver/secret', { method: 'POST', body: typed, redirect: 'manual' });
    expect(set.status).toBe(303);
    await send(secret);
    await send(`whsec_${Buffer.alloc(24, 2).toString('base64')}`);
    const shown = (await (await get('/webhook-receiver/deliveries.json')).json()) as { verdict: string }[];
    expect(shown.map(({ verdict }) => verdict)).toEqual([
      'not verified: No matching signature found',
      'verified',
      'not verified: no secret was typed in',
    ]);
    const page = await get('/webhook-receiver');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const html = await page.text();
    expect(html).toContain('evt_1');
    expect(html).toContain('href="http://127.0.0.1:4000/docs/guide-integrators.html"');
    expect(html).not.toContain('<b>');
    expect(html).not.toContain(secret);
  });

  it('says in the page where the API and the sign-in are, and runs nothing that a name says', async () => {
    const page = await (await get('/')).text();
    const [, json = ''] = /type="application\/json">(.*?)<\/script>/.exec(page) ?? [];
    expect(JSON.parse(json)).toEqual(config);
    expect(page).not.toContain('<script>alert');
    expect((await get('/')).headers.get('link')).toBe('<http://127.0.0.1:4000>; rel=preconnect; crossorigin');
    const policy = (await get('/')).headers.get('content-security-policy');
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("connect-src 'self' http://127.0.0.1:4000 http://127.0.0.1:4010");
  });

  it.each([
    ['br', 'br', 'brotli'],
    ['gzip', 'gzip', 'gzip'],
    ['identity', null, 'plain'],
  ])('sends scripts as the browser accepts them: %s', async (accepted, encoding, text) => {
    const { request } = await import('node:http');
    const answer = await new Promise<{ headers: Record<string, unknown>; text: string }>(
      (resolve, reject) => {
        request(`${place.url}/assets/main.js`, { headers: { 'accept-encoding': accepted } }, (response) => {
          let body = '';
          response.on('data', (chunk) => {
            body += chunk;
          });
          response.on('end', () => resolve({ headers: response.headers, text: body }));
        })
          .on('error', reject)
          .end();
      },
    );
    expect(answer.text).toBe(text);
    expect(answer.headers['content-encoding'] ?? null).toBe(encoding);
    expect(answer.headers['content-type']).toMatch(/javascript/);
    expect(answer.headers['cache-control']).toMatch(/immutable/);
  });
});

describe('the port of the portal', () => {
  it('is a free one when the usual one is taken and none was chosen; a chosen one must be free', async () => {
    const first = await takePortalPort('127.0.0.1', null);
    const second = await takePortalPort('127.0.0.1', null);
    expect(second.url).not.toBe(first.url);
    await expect(takePortalPort('127.0.0.1', Number(new URL(second.url).port))).rejects.toThrow('EADDRINUSE');
    await Promise.all([first.close(), second.close()]);
  });
});

it('the portal sends only operations that the server knows', async () => {
  const code = await readFile(projectFile('portal', 'src', 'api', 'operations.generated.ts'), 'utf8');
  const manifest = await readFile(projectFile('schema', 'documents.json'), 'utf8');
  const known = new Set(
    (JSON.parse(manifest) as { operations: { id: string }[] }).operations.map(({ id }) => id),
  );
  const sent = [...code.matchAll(/'sha256:([0-9a-f]{64})'/g)].map(([, hash]) => hash ?? '');
  expect(sent.length).toBeGreaterThan(5);
  expect(sent.filter((hash) => !known.has(hash))).toEqual([]);
});
