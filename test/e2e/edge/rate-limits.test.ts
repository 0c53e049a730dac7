import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { AppError } from '../../../core/errors.ts';
import type { Caller } from '../../../core/identity/caller.ts';
import type { TokenVerifier } from '../../../core/identity/token-verifier.ts';
import { addressKey } from '../../../gateway/rate-limits/address-key.ts';
import { type GatewayStore, openStore } from '../../../gateway/store/open-store.ts';
import { migrate } from '../../../subgraphs/migrate.ts';
import { emptyDatabase } from '../../support/databases.ts';
import {
  openTinyGateway,
  outcomeOf,
  type TinyGateway,
  type TinyOptions,
} from '../../support/tiny-gateway.ts';

/** Believes `Bearer <name>`, but for `Bearer bad`. */
const believing: TokenVerifier = {
  async verify(authorization): Promise<Caller> {
    if (authorization === undefined) return { kind: 'anonymous' };
    const name = authorization.slice(7);
    if (name === 'bad') throw new AppError('UNAUTHENTICATED', 'The token is no good.');
    return { kind: 'machine', clientId: name, scopes: [] };
  },
};

const open: TinyGateway[] = [];
const opened = async (options: TinyOptions) => {
  const tiny = await openTinyGateway({ verifier: believing, ...options });
  open.push(tiny);
  return tiny;
};
afterAll(() => Promise.all(open.map((tiny) => tiny.close())));

const as = (name: string) => ({ authorization: `Bearer ${name}` });
const hello = { query: '{ hello }' };

async function passed(count: number, ask: () => Promise<{ readonly status: number }>): Promise<number> {
  let passing = 0;
  for (let i = 0; i < count; i++) if ((await ask()).status !== 429) passing++;
  return passing;
}

describe('a caller', () => {
  it('is limited, is told when to retry, and does not affect other callers', async () => {
    const tiny = await opened({ edge: { ratePerMinute: 5 } });
    const { headers } = await tiny.ask(hello, as('a'));
    expect(headers.get('ratelimit-policy')).toBe('"caller";q=5;w=60');
    expect(headers.get('ratelimit')).toMatch(/^"caller";r=4;t=(60|5\d)$/);
    expect(await passed(7, () => tiny.ask(hello, as('a')))).toBe(4);
    const refused = await tiny.ask(hello, as('a'));
    expect(outcomeOf(refused)).toEqual([429, 'TOO_MANY_REQUESTS']);
    expect(refused.headers.get('ratelimit')).toMatch(/^"caller";r=0;t=/);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect((await tiny.ask(hello, as('b'))).status).toBe(200);
    expect((await tiny.ask(hello)).status).toBe(200);
  });

  it('is limited with all others of its address at ten times as many', async () => {
    const tiny = await opened({ edge: { ratePerMinute: 2 } });
    let name = 0;
    expect(await passed(30, () => tiny.ask(hello, as(`c${name++}`)))).toBe(20);
  });

  it('is not limited by 0', async () => {
    const tiny = await opened({ edge: { ratePerMinute: 0, lookupsPerMinute: 0 } });
    expect(await passed(50, () => tiny.ask({ query: '{ paymentNotice(number: "1") }' }))).toBe(50);
  });

  it('is limited in production without being told to', async () => {
    const tiny = await opened({ isProduction: true, edge: { trustedOperations: 'allow' } });
    expect(await passed(605, () => tiny.ask(hello))).toBe(600);
  });
});

describe('files', () => {
  it.each(['documents', 'uploads'] as const)(
    'of %s are limited by address, whatever they are',
    async (kind) => {
      let served = 0;
      const serveFile = async (_address: unknown, _request: unknown, response: { end(): void }) => {
        served++;
        response.end();
        return true;
      };
      const tiny = await opened({ edge: { ratePerMinute: 5 }, host: { serveFile } as never });
      const base = new URL(tiny.url).origin;
      const methods = kind === 'documents' ? ['GET', 'HEAD'] : ['PUT'];
      const file = kind === 'documents' ? '/a.pdf' : '';
      const answers: Response[] = [];
      for (let n = 0; n < 8; n++)
        answers.push(
          await fetch(`${base}/${kind}/words/grant${n}${file}`, {
            method: methods[n % methods.length] ?? '',
          }),
        );
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429, 429, 429]);
      expect(served).toBe(5);
      expect(Number(answers[7]?.headers.get('retry-after'))).toBeGreaterThan(0);
      expect((await tiny.ask(hello)).status).toBe(200);
    },
  );
});

describe('look-ups of numbers', () => {
  it('count by field and not by request, under whatever alias and in fragments', async () => {
    const tiny = await opened({ edge: { lookupsPerMinute: 10 } });
    const aliases = Array.from({ length: 4 }, (_, n) => `a${n}: paymentNotice(number: "${n}")`).join(' ');
    const query = `{ ...A } fragment A on Query { ${aliases} }`;
    expect(await passed(5, () => tiny.ask({ query }))).toBe(2);
    expect(outcomeOf(await tiny.ask({ query }))).toEqual([429, 'TOO_MANY_REQUESTS']);
    const write = await tiny.ask({ query: 'mutation { payNotice(number: "1") }' });
    expect([write.status, Number(write.headers.get('retry-after')) > 0]).toEqual([429, true]);
    // What is no look-up goes on.
    expect((await tiny.ask(hello)).status).toBe(200);
  });
});

describe('tokens that are no good', () => {
  it('get 429 instead of 401 after some attempts, and good ones of the same address pass', async () => {
    const tiny = await opened({ edge: { ratePerMinute: 60 } });
    const statuses: number[] = [];
    for (let i = 0; i < 5; i++) statuses.push((await tiny.ask(hello, as('bad'))).status);
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
    expect((await tiny.ask(hello, as('good'))).status).toBe(200);
  });
});

describe('an address', () => {
  const forwarded = (address: string) => ({ 'x-forwarded-for': address });

  it('is that of the connection unless a proxy is trusted', async () => {
    const direct = await opened({ edge: { ratePerMinute: 3 } });
    let n = 0;
    expect(await passed(6, () => direct.ask(hello, forwarded(`192.0.2.${n++}`)))).toBe(3);
    const behind = await opened({ edge: { ratePerMinute: 3, trustedProxies: ['loopback'] } });
    expect(await passed(6, () => behind.ask(hello, forwarded(`192.0.2.${n++}`)))).toBe(6);
    // What a client writes in front of what the proxy saw is not believed.
    expect(await passed(6, () => behind.ask(hello, forwarded(`10.0.0.${n++}, 198.51.100.9`)))).toBe(3);
  });

  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:0:1:aaaa::7', '2001:db8:0:1::/64'],
    ['2001:db8::7', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('%s counts as %s', (address, key) => expect(addressKey(address)).toBe(key));
});

/** With a connection: a busy machine may need longer for the first one than a count waits. */
async function connectedStore(databaseUrl: string): Promise<GatewayStore> {
  const store = openStore(databaseUrl);
  for (;;) {
    const isConnected = await store.operationsUsed([]).then(
      () => true,
      () => false,
    );
    if (isConnected) return store;
  }
}

async function untilCounted(databaseUrl: string, points: number): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const counted = async () =>
    Number(
      (await client.query("SELECT max(points) AS points FROM rate_limit WHERE key LIKE 'caller%'")).rows[0]
        .points,
    );
  while ((await counted()) < points) await new Promise((resolve) => setTimeout(resolve, 5));
  await client.end();
}

describe('several processes', () => {
  let url: string;
  beforeAll(async () => {
    url = await emptyDatabase();
    await migrate(url);
  });

  it('share what was counted, by and by', async () => {
    const [one, two] = await Promise.all(
      [1, 2].map(async () => opened({ edge: { ratePerMinute: 20 }, store: await connectedStore(url) })),
    );
    if (one === undefined || two === undefined) throw new Error('There are two.');
    expect(await passed(15, () => one.ask(hello, as('d')))).toBe(15);
    // Counted in the background; the other process asks with its own first requests.
    await untilCounted(url, 15);
    await two.ask(hello, as('d'));
    await two.ask(hello, as('d'));
    await untilCounted(url, 17);
    // Three are left, and what passes while the count is on its way back; by itself it would let eighteen pass.
    expect(await passed(18, () => two.ask(hello, as('d')))).toBeLessThan(9);
  });

  it('count each for itself when the database is away, and answer all the same', async () => {
    const tiny = await opened({
      edge: { ratePerMinute: 5 },
      store: openStore('postgres://nobody@127.0.0.1:1/none'),
    });
    expect(await passed(8, () => tiny.ask(hello, as('e')))).toBe(5);
  });
});
