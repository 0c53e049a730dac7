import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type JWK, type JWTHeaderParameters, UnsecuredJWT } from 'jose';
import type { AppError } from '../../../../core/errors.ts';
import { challengeHeader } from '../../../../core/identity/challenge.ts';
import { createTokenVerifier } from '../../../../core/identity/token-verifier.ts';
import { newKey, type SigningKey, startTestIssuer, type TestIssuer } from '../../../support/test-issuer.ts';

const idSecrets = ['i'.repeat(32)] as const;
const code = 'RSSCLD84C52A794Q';
const claudia = {
  acr: 'https://www.spid.gov.it/SpidL2',
  'https://attributes.eid.gov.it/fiscal_number': `TINIT-${code}`,
};

let issuer: TestIssuer;
let published: readonly JWK[];
let otherKey: SigningKey;
beforeAll(async () => {
  issuer = await startTestIssuer();
  published = issuer.served;
  otherKey = (await newKey('k2')).key;
});
beforeEach(() => {
  issuer.served = published;
  issuer.isDown = false;
});
afterAll(() => issuer.close());

const now = () => Math.floor(Date.now() / 1_000);
const sign = (
  claims: Readonly<Record<string, unknown>> = claudia,
  header?: Partial<JWTHeaderParameters>,
  by?: SigningKey,
) => issuer.sign(claims, header, by);
const verifier = (clock?: () => Date) =>
  createTokenVerifier({
    issuer: issuer.url,
    audience: issuer.audience,
    idSecrets,
    ...(clock === undefined ? {} : { now: clock }),
  });
const verify = async (token: string) => verifier().verify(`Bearer ${token}`);
const refusal = (work: Promise<unknown>): Promise<AppError> =>
  work.then(
    () => Promise.reject(new Error('It was accepted.')),
    (error: AppError) => error,
  );

describe('the token verifier', () => {
  it('answers nobody for no header', async () => {
    expect(await verifier().verify(undefined)).toEqual({ kind: 'anonymous' });
  });

  it('knows whom a good token stands for', async () => {
    expect(await verify(await sign())).toMatchObject({ kind: 'citizen', codiceFiscale: code });
  });

  it.each<[string, () => Promise<string>, RegExp]>([
    ['an expired token', () => sign({ ...claudia, exp: now() - 60 }), /expired/],
    ['another issuer', () => sign({ ...claudia, iss: 'https://other.example.it' }), /another issuer/],
    ['another audience', () => sign({ ...claudia, aud: 'other' }), /another service/],
    ['no audience', () => sign({ ...claudia, aud: undefined }), /another service/],
    ['a token that begins later', () => sign({ ...claudia, nbf: now() + 60 }), /not valid yet/],
    [
      'a token of tomorrow',
      () => sign({ ...claudia, iat: now() + 86_400, exp: now() + 86_460 }),
      /not valid yet/,
    ],
    ['a token without an end', () => sign({ ...claudia, exp: undefined }), /lacks a claim/],
    ['a token that does not say since when', () => sign({ ...claudia, iat: undefined }), /lacks a claim/],
    ['a token of 13 hours', () => sign({ ...claudia, exp: now() + 13 * 3_600 }), /longer than 12 hours/],
    [
      'a token of 12 hours and a second',
      () => sign({ ...claudia, iat: now() - 60, exp: now() - 60 + 12 * 3_600 + 1 }),
      /longer than 12 hours/,
    ],
    ['a token from 1970 on', () => sign({ ...claudia, iat: 0 }), /longer than 12 hours/],
    ['an unknown key', () => sign(claudia, { kid: 'k2' }, otherKey), /does not have/],
    ['a key that only claims to be known', () => sign(claudia, {}, otherKey), /signature/],
    [
      'alg none',
      async () =>
        new UnsecuredJWT(claudia)
          .setIssuer(issuer.url)
          .setAudience(issuer.audience)
          .setIssuedAt()
          .setExpirationTime('1h')
          .encode(),
      /signed/,
    ],
    [
      'an extension that it demands',
      () => sign(claudia, { crit: ['x'], x: 1 }),
      /not one that can be verified/,
    ],
    ['what is no token', async () => 'abc', /JWT/],
  ])('refuses %s', async (_, token, sentence) => {
    const error = await refusal(verify(await token()));
    expect([error.code, error.message]).toEqual(['UNAUTHENTICATED', expect.stringMatching(sentence)]);
    expect(error.message).not.toContain(code);
    expect(challengeHeader(error)).toMatch(/^Bearer error="invalid_token", error_description="/);
  });

  it.each(['exp', 'iat', 'nbf'])('refuses a token whose %s is no number', async (claim) => {
    for (const value of [null, 'never', String(now()), [now()], {}, true])
      expect((await refusal(verify(await sign({ ...claudia, [claim]: value })))).code).toBe(
        'UNAUTHENTICATED',
      );
  });

  it.each(['Basic abc', 'Bearer', 'Bearer a b', 'bearer'])('refuses the header %p', async (header) => {
    expect((await refusal(verifier().verify(header))).code).toBe('UNAUTHENTICATED');
  });

  it('forgives clocks that differ by up to five seconds', async () => {
    const second = now();
    const at = async (claims: Readonly<Record<string, unknown>>) =>
      verifier(() => new Date(second * 1_000)).verify(`Bearer ${await sign({ ...claudia, ...claims })}`);
    expect(await at({ exp: second - 4 })).toMatchObject({ kind: 'citizen' });
    expect((await refusal(at({ exp: second - 5 }))).message).toMatch(/expired/);
    expect(await at({ iat: second + 5 })).toMatchObject({ kind: 'citizen' });
    expect((await refusal(at({ iat: second + 6 }))).message).toMatch(/not valid yet/);
  });

  it('accepts a token of 12 hours, and one as long as the operator allows', async () => {
    const start = now();
    expect(await verify(await sign({ ...claudia, iat: start, exp: start + 12 * 3_600 }))).toMatchObject({
      codiceFiscale: code,
    });
    const { url, audience } = issuer;
    const longestLifeMs = 7 * 86_400_000;
    const week = createTokenVerifier({ issuer: url, audience, idSecrets, longestLifeMs });
    const token = await sign({ ...claudia, exp: start + 6 * 86_400 });
    expect(await week.verify(`Bearer ${token}`)).toMatchObject({ codiceFiscale: code });
  });

  it.each(['JWT', 'jwt', 'at+jwt', 'AT+JWT', 'application/at+jwt'])('accepts the type %s', async (typ) => {
    expect(await verify(await sign(claudia, { typ }))).toMatchObject({ codiceFiscale: code });
    expect(await verify(await sign({ ...claudia, typ: 'Bearer' }, { typ }))).toMatchObject({
      codiceFiscale: code,
    });
  });

  const events = { 'http://schemas.openid.net/event/backchannel-logout': {} };
  it.each<[string, Readonly<Record<string, unknown>>, Partial<JWTHeaderParameters>]>([
    ['a logout token', { ...claudia, events }, { typ: 'logout+jwt' }],
    ['a logout token that calls itself a JWT', { ...claudia, events }, { typ: 'JWT' }],
    ['a logout token without a type', { ...claudia, events }, {}],
    ['a logout token without events', claudia, { typ: 'logout+jwt' }],
    ['a security event', claudia, { typ: 'secevent+jwt' }],
    ['a proof of possession', claudia, { typ: 'dpop+jwt' }],
    ['a request object', claudia, { typ: 'oauth-authz-req+jwt' }],
    ['an introspection answer', claudia, { typ: 'token-introspection+jwt' }],
    ['a statement of a federation', claudia, { typ: 'entity-statement+jwt' }],
    ['an empty type', claudia, { typ: '' }],
    ["Keycloak's refresh token", { ...claudia, typ: 'Refresh' }, { typ: 'JWT' }],
    ["Keycloak's logout token", { ...claudia, typ: 'Logout' }, { typ: 'JWT' }],
    ["Keycloak's id token", { ...claudia, typ: 'ID' }, { typ: 'JWT' }],
    ['a type that is no text', { ...claudia, typ: ['Bearer'] }, {}],
  ])('does not take %s for an access token', async (_, claims, header) => {
    const error = await refusal(verify(await sign(claims, header)));
    expect([error.code, error.message]).toEqual([
      'UNAUTHENTICATED',
      expect.stringMatching(/no access token/),
    ]);
  });
});

describe('the keys of the issuer', () => {
  it('are fetched once; a good token is remembered, and expires', async () => {
    let clock = new Date();
    const one = verifier(() => clock);
    const token = `Bearer ${await sign()}`;
    const before = issuer.keysServed;
    for (let n = 0; n < 5; n++) await one.verify(token);
    expect(issuer.keysServed - before).toBe(1);
    clock = new Date(clock.getTime() + 3_700_000);
    expect((await refusal(one.verify(token))).message).toMatch(/expired/);
  });

  it('are asked for about once a minute, however much a verifier is used', async () => {
    let at = Date.now();
    const one = verifier(() => new Date(at));
    const token = `Bearer ${await sign()}`;
    await one.verify(token);
    const before = issuer.keysServed;
    for (let n = 0; n < 600; n++) {
      at += 500;
      await one.verify(token);
    }
    expect(issuer.keysServed - before).toBeGreaterThanOrEqual(1);
    expect(issuer.keysServed - before).toBeLessThanOrEqual(5);
  });

  it('stop being good within five minutes of their withdrawal, for tokens that were verified before too', async () => {
    let at = Date.now();
    const one = verifier(() => new Date(at));
    const token = `Bearer ${await sign()}`;
    // Asked again and again, so that nothing of it ever rests.
    for (const end = at + 230_000; at < end; at += 1_000) await one.verify(token);
    issuer.served = [];
    const latest = at + 300_000;
    let refused: AppError | null = null;
    for (; refused === null && at <= latest; at += 1_000)
      await one.verify(token).catch((error: AppError) => {
        refused = error;
      });
    expect(refused).toMatchObject({
      code: 'UNAUTHENTICATED',
      message: expect.stringMatching(/does not have/),
    });
    issuer.isDown = true;
    at += 600_000;
    expect((await refusal(one.verify(token))).code).toBe('SUBGRAPH_UNAVAILABLE');
  });

  it('are used on for four minutes while the issuer does not answer, and no longer', async () => {
    const start = Date.now();
    let at = start;
    const one = verifier(() => new Date(at));
    const token = `Bearer ${await sign()}`;
    await one.verify(token);
    issuer.isDown = true;
    at = start + 239_999;
    expect(await one.verify(token)).toMatchObject({ kind: 'citizen' });
    at = start + 240_000;
    const other = `Bearer ${await sign({ ...claudia, jti: 'other' })}`;
    expect((await refusal(one.verify(other))).code).toBe('SUBGRAPH_UNAVAILABLE');
    // The token that was good a minute ago is not verified again until then.
    at = start + 299_998;
    expect(await one.verify(token)).toMatchObject({ kind: 'citizen' });
    at = start + 299_999;
    expect((await refusal(one.verify(token))).code).toBe('SUBGRAPH_UNAVAILABLE');
    issuer.isDown = false;
    expect(await one.verify(token)).toMatchObject({ kind: 'citizen' });
  });

  it('are asked for anew by a token of an unknown key, every ten seconds at most', async () => {
    let at = Date.now();
    const one = verifier(() => new Date(at));
    await one.verify(`Bearer ${await sign()}`);
    const added = await newKey('k3');
    issuer.served = [...published, added.jwk];
    const token = `Bearer ${await sign(claudia, { kid: 'k3' }, added.key)}`;
    expect((await refusal(one.verify(token))).message).toMatch(/does not have/);
    at += 10_000;
    expect(await one.verify(token)).toMatchObject({ kind: 'citizen' });
    const before = issuer.keysServed;
    const unknown = `Bearer ${await sign(claudia, { kid: 'k2' }, otherKey)}`;
    for (let n = 0; n < 20; n++) await refusal(one.verify(unknown));
    expect(issuer.keysServed - before).toBe(0);
    at += 10_000;
    await Promise.all(Array.from({ length: 20 }, () => refusal(one.verify(unknown))));
    expect(issuer.keysServed - before).toBe(1);
    // A token that is refused for another reason asks for nothing.
    at += 10_000;
    const expired = `Bearer ${await sign({ ...claudia, exp: now() - 60 })}`;
    expect((await refusal(one.verify(expired))).message).toMatch(/expired/);
    expect(issuer.keysServed - before).toBe(1);
  });

  it('that cannot be had are not the token’s fault', async () => {
    const { audience } = issuer;
    const calls: string[] = [];
    const watch = { called: (name: string, outcome: string) => void calls.push(`${name}: ${outcome}`) };
    const lost = createTokenVerifier({ issuer: 'http://127.0.0.1:1', audience, idSecrets, watch });
    expect((await refusal(lost.verify(`Bearer ${await sign()}`))).code).toBe('SUBGRAPH_UNAVAILABLE');
    await createTokenVerifier({ issuer: issuer.url, audience, idSecrets, watch }).verify(
      `Bearer ${await sign()}`,
    );
    expect(calls).toEqual(['identity provider: failed', 'identity provider: ok']);
  });
});
