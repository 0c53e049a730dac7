import { spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { projectFile } from '../../../../core/project-root.ts';
import {
  createWebhookSender,
  signWebhook,
} from '../../../../subgraphs/integrations/delivery/send-webhook.ts';
import { openReceiver, type Receiver } from '../../../support/webhook-receiver.ts';

const rules = { needsHttps: false, allowsLoopback: true };
const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const older = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
const message = {
  id: 'evt_1',
  type: 'debt.settled',
  occurredAt: new Date('2026-11-27T08:00:00Z'),
  data: { creditor: '03123450169', iuv: '010000000000001' },
};

let receiver: Receiver;
beforeAll(async () => {
  receiver = await openReceiver();
});
afterAll(() => receiver.close());
beforeEach(() => {
  receiver.received.splice(0);
  receiver.answers((response) => response.writeHead(204).end());
});

async function send(url = receiver.url, options: Parameters<typeof createWebhookSender>[1] = {}, by = rules) {
  const sender = createWebhookSender(by, { timeoutMs: 10_000, ...options });
  try {
    return await sender.send(url, [secret, older], message);
  } finally {
    await sender.close();
  }
}

describe('a delivery', () => {
  it('has ids only, and a signature of each secret that the libraries verify', async () => {
    expect((await send()).status).toBe(204);
    const [got] = receiver.received;
    expect(got?.body).toBe(
      '{"id":"evt_1","type":"debt.settled","timestamp":"2026-11-27T08:00:00.000Z","data":{"creditor":"03123450169","iuv":"010000000000001"}}',
    );
    const headers = got?.headers as Record<string, string>;
    for (const one of [secret, older]) expect(new Webhook(one).verify(got?.body ?? '', headers)).toBeTruthy();
    const stranger = new Webhook(`whsec_${Buffer.alloc(32, 9).toString('base64')}`);
    expect(() => stranger.verify(got?.body ?? '', headers)).toThrow('No matching signature');
    // By hand, as the specification has it.
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${got?.body}`;
    const [first, second] = [7, 8].map((byte) =>
      createHmac('sha256', Buffer.alloc(32, byte)).update(signed).digest('base64'),
    );
    expect(headers['webhook-signature']).toBe(`v1,${first} v1,${second}`);
  });

  // Made by `openssl dgst -sha256 -mac HMAC` and by Python's hmac, from the specification's text alone.
  const known = {
    'content-type': 'application/json',
    'user-agent': 'school-services-webhooks/1',
    'webhook-id': 'evt_1',
    'webhook-timestamp': '1795766400',
    'webhook-signature':
      'v1,xd6x+SqsjYOPW73saQPlJYV2WPb7IRZELPJqDqTbbyk= v1,PKJ+p71har6lO0xb7/YW7CR4gLqjSw98OocGXzo4j8s=',
  };

  it('has the signatures that openssl and Python make', () => {
    expect(signWebhook([secret, older], message, new Date('2026-11-27T08:00:00Z')).headers).toEqual(known);
  });

  const hasPython = spawnSync('python3', ['--version']).status === 0;
  (hasPython ? it : it.skip)('is verified by the Python of docs/integrators.md', () => {
    const text = readFileSync(projectFile('docs', 'integrators.md'), 'utf8');
    const [, python = ''] = /```python\n([^`]+)```/.exec(text) ?? [];
    const { body } = signWebhook([secret, older], message, new Date('2026-11-27T08:00:00Z'));
    const verdict = (one: string, bytes: string) => {
      const given = `secret, headers, body = ${JSON.stringify(one)}, ${JSON.stringify(known)}, ${JSON.stringify(bytes)}.encode()`;
      return spawnSync('python3', ['-c', `${given}\n${python}\nprint(valid)`], {
        encoding: 'utf8',
      }).stdout.trim();
    };
    expect([verdict(secret, body), verdict(older, body)]).toEqual(['True', 'True']);
    expect(verdict(secret, `${body} `)).toBe('False');
    expect(verdict(`whsec_${Buffer.alloc(32, 9).toString('base64')}`, body)).toBe('False');
  });

  it('follows no redirect', async () => {
    receiver.answers((response) => response.writeHead(301, { location: receiver.url }).end());
    expect((await send()).status).toBe(301);
    expect(receiver.received).toHaveLength(1);
  });

  it.each([
    ['429', 429, '7', 7_000],
    ['503 with an hour and more', 503, '86400', 3_600_000],
    ['429 without a number', 429, 'soon', null],
    ['410', 410, undefined, null],
  ])('brings back %s', async (_, status, retryAfter, milliseconds) => {
    receiver.answers((response) =>
      response.writeHead(status, retryAfter === undefined ? {} : { 'retry-after': retryAfter }).end(),
    );
    expect(await send()).toMatchObject({ status, retryAfterMs: milliseconds });
  });

  it('ends in time at a receiver that hangs, drips headers or answers garbage', async () => {
    receiver.answers(() => undefined);
    const hasty = { timeoutMs: 400 };
    expect((await send(receiver.url, hasty)).status).toBeNull();
    const raw = async (talk: (socket: import('node:net').Socket) => void) => {
      const server: Server = createServer((socket) => {
        socket.on('error', () => undefined);
        talk(socket);
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { status } = await send(
        `http://127.0.0.1:${(server.address() as { port: number }).port}/`,
        hasty,
      );
      server.close();
      return status;
    };
    expect(await raw((socket) => socket.end('no HTTP at all\r\n\r\n'))).toBeNull();
    expect(
      await raw((socket) => {
        socket.write('HTTP/1.1 200 OK\r\n');
        const drip = setInterval(() => socket.write('x: y\r\n'), 50);
        socket.on('close', () => clearInterval(drip));
      }),
    ).toBeNull();
    expect(await raw((socket) => socket.destroy())).toBeNull();
  });

  it('reads no more than a little of an answer without end', async () => {
    let written = 0;
    receiver.answers((response) => {
      response.writeHead(200);
      const more = () => {
        while (written < 1e9 && response.write(Buffer.alloc(1_024))) written += 1_024;
      };
      response.on('drain', more);
      more();
    });
    expect((await send()).status).toBe(200);
    // What fits into the sockets between the two, and no stream of a gigabyte.
    expect(written).toBeLessThan(2e7);
  });
});

describe('an address that is not public', () => {
  const strict = { needsHttps: false, allowsLoopback: false };
  const to = (address: string) => async () => [{ address, family: address.includes(':') ? 6 : 4 }];

  it('gets nothing, whatever it was when the endpoint was made (DNS rebinding)', async () => {
    const { port } = new URL(receiver.url);
    for (const address of ['127.0.0.1', '10.0.0.1', '::1', '::ffff:127.0.0.1'])
      expect(
        (await send(`http://rebound.example:${port}/`, { resolve: to(address) }, strict)).status,
      ).toBeNull();
    expect((await send(receiver.url, {}, strict)).status).toBeNull();
    expect(receiver.received).toEqual([]);
  });

  it('is refused beside a public one', async () => {
    const { port } = new URL(receiver.url);
    const resolve = async () => [
      { address: '127.0.0.1', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ];
    expect((await send(`http://two.example:${port}/`, { resolve })).status).toBeNull();
    expect(receiver.received).toEqual([]);
    // The same name with the allowed address alone is reached.
    expect((await send(`http://two.example:${port}/`, { resolve: to('127.0.0.1') })).status).toBe(204);
  });

  it('gets nothing over plain http where https is needed', async () => {
    expect((await send(receiver.url, {}, { needsHttps: true, allowsLoopback: true })).status).toBeNull();
    expect(receiver.received).toEqual([]);
  });
});
