import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { openTelemetry } from '../../../core/telemetry/open-telemetry.ts';
import { claudia } from '../../../demo/town/people.ts';
import { legacyTownCopy } from '../../support/databases.ts';
import { freePort } from '../../support/free-port.ts';
import { firingAlerts, readScrape, type Scrape } from '../../support/prom-rules.ts';
import { shutDatabase } from '../../support/shut-database.ts';
import { itWith } from '../../support/tool.ts';
import { FamilyDocument } from '../client.generated.ts';
import { openTestTown, type TestTown, transports } from '../open-test-town.ts';

describe.each(transports)('with the legacy system down, subgraphs %s', (transport) => {
  let town: TestTown;
  let token: string;
  let metricsUrl: string;
  let healthy: Scrape;
  const scrape = async () => readScrape(await (await fetch(metricsUrl)).text());
  beforeAll(async () => {
    const legacyUrl = await legacyTownCopy();
    const metricsPort = await freePort();
    metricsUrl = `http://127.0.0.1:${metricsPort}/metrics`;
    const telemetry = await openTelemetry({ metricsPort, otlpEndpoint: null }, '127.0.0.1', 'test');
    town = await openTestTown(transport, { legacyUrl, telemetry });
    token = await town.tokenOf(claudia.codiceFiscale);
    await town.ask(FamilyDocument, {}, token);
    healthy = await scrape();
    await shutDatabase(legacyUrl);
    const ready = new URL('/health/ready', town.graphqlUrl);
    while ((await fetch(ready)).ok) await new Promise((resolve) => setTimeout(resolve, 50));
  });
  afterAll(() => town.close());

  it('answers me from the token, names each lost field, and tells nothing of the vendor', async () => {
    const query =
      '{ me { firstName codiceFiscale signInMethod household { firstName } children { id } debts { id } practices { totalCount } } municipality { name } }';
    const response = await town.post({ query }, { authorization: `Bearer ${token}` });
    const text = await response.text();
    const { data, errors } = JSON.parse(text);
    expect([response.status, data]).toEqual([
      200,
      {
        me: {
          firstName: 'Claudia',
          codiceFiscale: claudia.codiceFiscale,
          signInMethod: 'SPID',
          household: null,
          children: null,
          debts: null,
          practices: null,
        },
        municipality: null,
      },
    ]);
    const found = errors.map(({ path, extensions }: { path: string[]; extensions: { code: string } }) => [
      path.join('.'),
      extensions.code,
    ]);
    expect(found.sort()).toEqual(
      ['me.children', 'me.debts', 'me.household', 'me.practices', 'municipality'].map((path) => [
        path,
        'LEGACY_UNAVAILABLE',
      ]),
    );
    expect(text).not.toMatch(/postgres|database|AN_SOGG|connect|hypersic/i);
    const ready = await fetch(new URL('/health/ready', town.graphqlUrl));
    expect([ready.status, await (await fetch(new URL('/health/live', town.graphqlUrl))).json()]).toEqual([
      503,
      { status: 'ok' },
    ]);
  });

  itWith('promtool', 'alerts say that it is down, and nothing did before', async () => {
    // Five failures in a row open the breaker.
    for (let time = 0; time < 6; time++) await town.ask(FamilyDocument, {}, token);
    // What is said of parts is kept for a second, by the gateway and by each subgraph.
    let broken = await scrape();
    const areAllUp = () =>
      [...broken].every(([name, value]) => !name.startsWith('school_part_up') || value === 1);
    while (areAllUp()) broken = await scrape();
    expect(await firingAlerts(healthy, healthy)).toEqual([]);
    expect(await firingAlerts(healthy, broken)).toEqual(
      expect.arrayContaining(['SchoolBreakerOpen', 'SchoolCounterpartDown', 'SchoolErrorShare']),
    );
  });
});

describe('with a subgraph down', () => {
  let town: TestTown;
  beforeAll(async () => {
    town = await openTestTown('http');
  });
  afterAll(() => town.close());

  it('gets no answer from a subgraph without the credential of the gateway', async () => {
    const url = town.subgraphUrls.anagrafe ?? '';
    const body = JSON.stringify({ query: '{ municipality { name } }' });
    const ask = (headers: Record<string, string>) =>
      fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
    for (const headers of [{}, { 'x-subgraph-secret': 'guess' }] as Record<string, string>[]) {
      const refused = await ask(headers);
      expect([refused.status, await refused.json()]).toMatchObject([
        403,
        { errors: [{ extensions: { code: 'FORBIDDEN' } }] },
      ]);
    }
    const accepted = await ask({ 'x-subgraph-secret': 's'.repeat(32) });
    expect(await accepted.json()).toEqual({ data: { municipality: { name: 'Comune di Calvenzano' } } });
    expect((await fetch(new URL('/documents/anagrafe/x/y', url))).status).toBe(403);
  });

  it('runs the operation that is named, each time that a document comes', async () => {
    const query = 'query One { municipality { name } } query Two { municipality { name __typename } }';
    const ask = async (operationName: string | null) => {
      const answer = await fetch(town.subgraphUrls.anagrafe ?? '', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-subgraph-secret': 's'.repeat(32) },
        body: JSON.stringify({ query, operationName }),
      });
      return answer.json();
    };
    const name = 'Comune di Calvenzano';
    for (let times = 0; times < 3; times++) {
      expect(await ask('One')).toEqual({ data: { municipality: { name } } });
      expect(await ask('Two')).toEqual({ data: { municipality: { name, __typename: 'Municipality' } } });
    }
    expect(await ask(null)).toMatchObject({ errors: [{ message: expect.stringMatching(/operation name/) }] });
  });

  it('loses its fields and nothing else', async () => {
    const token = await town.tokenOf(claudia.codiceFiscale);
    await town.stopSubgraph('payments');
    const { data, errors } = await town.ask(FamilyDocument, {}, token);
    const luca = data?.me?.children?.[0];
    expect([luca?.firstName, luca?.invoices?.totalCount, luca?.practices?.totalCount, luca?.debts]).toEqual([
      'Luca',
      24,
      9,
      null,
    ]);
    expect(luca?.invoices?.edges[0]?.node.instalments[0]?.debt).toBeNull();
    const codes = new Set(errors?.map(({ extensions }) => extensions.code));
    expect(codes).toEqual(new Set(['SUBGRAPH_UNAVAILABLE']));
    expect(errors?.map(({ path }) => path?.join('.'))).toContain('me.children.0.debts');
    expect(JSON.stringify(errors)).not.toMatch(/127\.0\.0\.1|ECONNREFUSED|fetch/);
  });
});

describe('a token', () => {
  let town: TestTown;
  beforeAll(async () => {
    town = await openTestTown('in-process');
  });
  afterAll(() => town.close());

  it.each<[string, RegExp, (town: TestTown) => Promise<string>]>([
    [
      'of alg none',
      /signed/,
      async ({ issuer, audience }) =>
        new UnsecuredJWT(claims).setIssuer(issuer).setAudience(audience).setExpirationTime('1h').encode(),
    ],
    ['of a key that the issuer does not have', /key|signature/, async (at) => forged(at.issuer, at.audience)],
    ['that is none', /JWT/, async () => 'abc.def.ghi'],
    ['whose body was changed', /signature/, async (at) => tampered(await at.tokenOf(claudia.codiceFiscale))],
  ])('%s is refused with a sentence', async (_, sentence, make) => {
    const response = await town.post(
      { query: '{ municipality { name } }' },
      { authorization: `Bearer ${await make(town)}` },
    );
    const body = (await response.json()) as {
      data?: unknown;
      errors: { message: string; extensions: { code: string } }[];
    };
    expect([response.status, body.data, body.errors[0]?.extensions.code]).toEqual([
      401,
      undefined,
      'UNAUTHENTICATED',
    ]);
    expect(body.errors[0]?.message).toMatch(sentence);
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer error="invalid_token"/);
  });

  it('of SPID level 1 is asked to step up', async () => {
    const token = await town.tokenOf(claudia.codiceFiscale, 'spid', 1);
    const response = await town.post({ query: '{ me { id } }' }, { authorization: `Bearer ${token}` });
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringContaining('error="insufficient_user_authentication"'),
    ]);
    expect(response.headers.get('www-authenticate')).toContain('acr_values="https://www.spid.gov.it/SpidL2"');
  });
});

const claims: JWTPayload = {
  'https://attributes.eid.gov.it/fiscal_number': `TINIT-${claudia.codiceFiscale}`,
  acr: 'https://www.spid.gov.it/SpidL2',
};

async function forged(issuer: string, audience: string): Promise<string> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const { kid = randomBytes(4).toString('hex') } = await exportJWK(privateKey);
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', kid })
    .setIssuer(issuer)
    .setAudience(audience)
    .setExpirationTime('1h')
    .sign(privateKey);
}

function tampered(token: string): string {
  const [head = '', body = '', signature = ''] = token.split('.');
  const changed = JSON.parse(Buffer.from(body, 'base64url').toString());
  changed['https://attributes.eid.gov.it/fiscal_number'] = 'TINIT-BNCMRC82L25L400X';
  return [head, Buffer.from(JSON.stringify(changed)).toString('base64url'), signature].join('.');
}
