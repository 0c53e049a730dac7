import { request } from 'node:https';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ListenerTlsConfig } from '../../../../core/pagopa-config.ts';
import { createAuthority, issue, toPem, writeFiles } from '../../../support/certificates.ts';
import { messages, nodeSecret, openTestListener, type TestListener } from '../../../support/pagopa-node.ts';

interface Pem {
  readonly cert: string;
  readonly key: string;
}

let ca: string;
let tls: ListenerTlsConfig;
let node: Pem;
let other: Pem;
let stranger: Pem;
beforeAll(async () => {
  const [authority, strangers] = await Promise.all([createAuthority('pagoPA'), createAuthority('Nobody')]);
  const ours = await toPem(await issue(authority, '127.0.0.1', { type: 'ip', value: '127.0.0.1' }));
  node = await toPem(await issue(authority, 'node', { type: 'dns', value: 'node.pagopa.example.it' }));
  other = await toPem(await issue(authority, 'other', { type: 'dns', value: 'other.pagopa.example.it' }));
  stranger = await toPem(await issue(strangers, 'node', { type: 'dns', value: 'node.pagopa.example.it' }));
  ca = (await toPem(authority)).cert;
  const files = await writeFiles({ certificate: ours.cert, key: ours.key, clientCa: ca });
  tls = { ...files, clientName: 'node.pagopa.example.it' };
});

const opened: TestListener[] = [];
afterAll(async () => {
  for (const listener of opened) await listener.close();
});

async function listen(secrets: readonly string[] = []): Promise<TestListener> {
  const listener = await openTestListener({ config: { secrets, tls } });
  opened.push(listener);
  return listener;
}

function send(listener: TestListener, client: Partial<Pem>, headers: Record<string, string> = {}) {
  return new Promise<number | undefined>((resolve, reject) => {
    const options = {
      method: 'POST',
      ca,
      ...client,
      agent: false,
      headers: { soapaction: 'paSendRTV2', ...headers },
    };
    request(listener.url, options, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end(messages.paSendRTV2);
  });
}

describe('mutual TLS', () => {
  it('lets in the certificate of the configured authority and name', async () => {
    const listener = await listen();
    expect(listener.url).toMatch(/^https:/);
    expect(await send(listener, node)).toBe(200);
    expect(listener.received).toHaveLength(1);
  });

  it('refuses no certificate, one of another authority and one of another name, and audits each', async () => {
    const listener = await listen();
    for (const client of [{}, stranger, other]) expect(await send(listener, client)).toBe(403);
    expect(listener.received).toEqual([]);
    expect(listener.events).toHaveLength(3);
  });

  it('wants the secret too where one is configured', async () => {
    const listener = await listen([nodeSecret]);
    expect(await send(listener, node)).toBe(403);
    expect(await send(listener, {}, { 'x-node-secret': nodeSecret })).toBe(403);
    expect(await send(listener, node, { 'x-node-secret': nodeSecret })).toBe(200);
  });
});
