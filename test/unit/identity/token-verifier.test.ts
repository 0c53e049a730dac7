import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import type { AppError } from '../../../core/errors.ts';
import { challengeHeader } from '../../../core/identity/challenge.ts';
import { createPersonId } from '../../../core/identity/person-id.ts';
import { createTokenVerifier } from '../../../core/identity/token-verifier.ts';

const audience = 'school';
const idSecret = 'i'.repeat(32);
const code = 'RSSCLD84C52A794Q';
const eid = 'https://attributes.eid.gov.it/';
const spidL2 = { acr: 'https://www.spid.gov.it/SpidL2' };
const claudia = {
  ...spidL2,
  [`${eid}fiscal_number`]: `TINIT-${code}`,
  given_name: 'Claudia',
  family_name: 'Rossi',
};

type Key = Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];

describe('the token verifier', () => {
  let server: Server;
  let issuer: string;
  let keysServed = 0;
  let key: Key;
  let otherKey: Key;
  beforeAll(async () => {
    const pair = await generateKeyPair('RS256', { extractable: true });
    key = pair.privateKey;
    otherKey = (await generateKeyPair('RS256')).privateKey;
    const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' };
    server = createServer((request, response) => {
      response.setHeader('content-type', 'application/json');
      if (request.url === '/jwks') keysServed++;
      response.end(
        JSON.stringify(request.url === '/jwks' ? { keys: [jwk] } : { issuer, jwks_uri: `${issuer}/jwks` }),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());

  const sign = (
    claims: JWTPayload,
    change: (token: SignJWT) => SignJWT = (token) => token,
    by = key,
    kid = 'k1',
  ) =>
    change(
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', kid })
        .setIssuer(issuer)
        .setAudience(audience)
        .setExpirationTime('1h'),
    ).sign(by);
  const verifier = (now?: () => Date) =>
    createTokenVerifier({ issuer, audience, idSecret, ...(now === undefined ? {} : { now }) });
  const verify = async (token: string) => verifier().verify(`Bearer ${token}`);
  const refusal = (work: Promise<unknown>): Promise<AppError> =>
    work.then(
      () => Promise.reject(new Error('It was accepted.')),
      (error: AppError) => error,
    );

  it('answers nobody for no header', async () => {
    expect(await verifier().verify(undefined)).toEqual({ kind: 'anonymous' });
  });

  it('knows a citizen by an opaque id', async () => {
    const caller = await verify(await sign(claudia));
    expect(caller).toMatchObject({
      kind: 'citizen',
      codiceFiscale: code,
      firstName: 'Claudia',
      signInMethod: 'SPID',
      level: 2,
    });
    const { id } = caller as { id: string };
    expect(id).toBe(createPersonId(idSecret, code));
    expect(id).toHaveLength(22);
    expect(createPersonId('another', code)).not.toBe(id);
  });

  it.each([
    ['SPID with its prefix', { [`${eid}fiscal_number`]: `TINIT-${code}` }],
    ['SPID in lower case', { [`${eid}fiscal_number`]: `tinit-${code.toLowerCase()}` }],
    ['the older name', { 'https://attributes.spid.gov.it/fiscal_number': code }],
    ['SAML and OneIdentity', { fiscalNumber: `TINIT-${code}` }],
    ['a plain name', { fiscal_number: code }],
  ])('reads the codice fiscale of %s', async (_, claims) => {
    expect(await verify(await sign({ ...spidL2, ...claims }))).toMatchObject({ codiceFiscale: code });
  });

  it.each<[string, () => Promise<string>, RegExp]>([
    ['an expired token', () => sign(claudia, (token) => token.setExpirationTime('-1m')), /expired/],
    [
      'another issuer',
      () => sign(claudia, (token) => token.setIssuer('https://other.example.it')),
      /another issuer/,
    ],
    ['another audience', () => sign(claudia, (token) => token.setAudience('other')), /another service/],
    ['an unknown key', () => sign(claudia, undefined, otherKey, 'k2'), /does not have/],
    ['a key that only claims to be known', () => sign(claudia, undefined, otherKey), /signature/],
    [
      'alg none',
      async () =>
        new UnsecuredJWT(claudia).setIssuer(issuer).setAudience(audience).setExpirationTime('1h').encode(),
      /signed/,
    ],
    ['what is no token', async () => 'abc', /JWT/],
    ['a token that names nobody', () => sign({ ...spidL2, sub: 'somebody' }), /names neither/],
    ['a password for a citizen', () => sign({ ...claudia, amr: ['pwd'] }), /partita IVA only/],
  ])('refuses %s', async (_, token, sentence) => {
    const error = await refusal(verify(await token()));
    expect([error.code, error.message]).toEqual(['UNAUTHENTICATED', expect.stringMatching(sentence)]);
    expect(error.message).not.toContain(code);
    expect(challengeHeader(error)).toMatch(/^Bearer error="invalid_token", error_description="/);
  });

  it.each(['Basic abc', 'Bearer', 'Bearer a b', 'bearer'])('refuses the header %p', async (header) => {
    expect((await refusal(verifier().verify(header))).code).toBe('UNAUTHENTICATED');
  });

  it('asks for a higher level as in RFC 9470', async () => {
    for (const acr of ['https://www.spid.gov.it/SpidL1', 'unheard of', undefined]) {
      const error = await refusal(verify(await sign({ ...claudia, acr })));
      expect(challengeHeader(error)).toBe(
        'Bearer error="insufficient_user_authentication", error_description="A sign-in with SPID level 2 or higher is needed.", acr_values="https://www.spid.gov.it/SpidL2"',
      );
    }
  });

  it('knows a business by its password and a machine by its scopes', async () => {
    const business = await sign({
      [`${eid}vat_number`]: 'VATIT-03123450169',
      [`${eid}company_name`]: 'Trattoria',
      amr: ['pwd'],
    });
    expect(await verify(business)).toMatchObject({
      kind: 'business',
      partitaIva: '03123450169',
      name: 'Trattoria',
    });
    const machine = await sign({ client_id: 'integrator', sub: 'integrator', scope: 'payment:status other' });
    expect(await verify(machine)).toEqual({
      kind: 'machine',
      clientId: 'integrator',
      scopes: ['payment:status', 'other'],
    });
  });

  it('fetches the keys once, remembers a good token, and lets it expire', async () => {
    let now = new Date();
    const one = verifier(() => now);
    const token = `Bearer ${await sign(claudia)}`;
    const before = keysServed;
    for (let n = 0; n < 5; n++) await one.verify(token);
    expect(keysServed - before).toBe(1);
    now = new Date(now.getTime() + 3_700_000);
    expect((await refusal(one.verify(token))).message).toMatch(/expired/);
  });

  it('does not call a good token bad while the provider is down', async () => {
    const lost = createTokenVerifier({ issuer: 'http://127.0.0.1:1', audience, idSecret });
    expect((await refusal(lost.verify(`Bearer ${await sign(claudia)}`))).code).toBe('SUBGRAPH_UNAVAILABLE');
  });
});
