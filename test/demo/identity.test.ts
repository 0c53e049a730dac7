import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { browserWithCookies } from '../../demo/identity/fetch-token.ts';
import { type IdentityProvider, startIdentityProvider } from '../../demo/identity/provider.ts';
import { claudia, people, trattoria } from '../../demo/town/people.ts';

const audience = 'https://api.example.it/graphql';
const page = 'http://localhost:5173/accesso';
const level2 = 'https://www.spid.gov.it/SpidL2';
const level3 = 'https://www.spid.gov.it/SpidL3';
const verifier = 'v'.repeat(43);
const asClaudia = { code: claudia.codiceFiscale, method: 'spid', level: '2' };

let folder: string;
let provider: IdentityProvider;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'identity-'));
  provider = await startIdentityProvider({
    port: 0,
    host: '127.0.0.1',
    dataDir: folder,
    audience,
    findPerson: async (code) =>
      code === trattoria.partitaIva
        ? trattoria
        : (people.find(({ codiceFiscale }) => codiceFiscale === code) ?? null),
  });
});
afterAll(async () => {
  await provider.close();
  await rm(folder, { recursive: true, force: true });
});

type Walk = ReturnType<typeof browserWithCookies>;

function authorize(walk: Walk, params: Record<string, string> = {}): Promise<string> {
  const query = new URLSearchParams({
    client_id: 'demo-portal',
    redirect_uri: page,
    response_type: 'code',
    scope: 'openid profile email',
    resource: audience,
    state: 'my-state',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...params,
  });
  return walk(`${provider.issuer}/auth?${query}`);
}

/** To the address that the browser comes back to. */
async function signIn(walk: Walk, form: Record<string, string>, params: Record<string, string> = {}) {
  const address = await authorize(walk, params);
  if (!address.includes('/interaction/')) return new URL(address);
  return new URL(await walk(await walk(address, new URLSearchParams(form))));
}

async function tokens(fields: Record<string, string>) {
  const response = await fetch(`${provider.issuer}/token`, {
    method: 'POST',
    headers: { origin: 'http://localhost:5173' },
    body: new URLSearchParams({ client_id: 'demo-portal', ...fields }),
  });
  expect(response.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
  return (await response.json()) as Record<'access_token' | 'id_token' | 'refresh_token' | 'error', string>;
}

const exchange = (back: URL, redirectUri = page) =>
  tokens({
    grant_type: 'authorization_code',
    code: back.searchParams.get('code') ?? '',
    redirect_uri: redirectUri,
    code_verifier: verifier,
  });

describe('a page of this machine signs in', () => {
  it.each([
    'http://localhost:5173/accesso',
    'http://127.0.0.1:3000/',
    'http://localhost/callback?from=portal',
    'http://127.0.0.1:65535/a/b',
  ])('and comes back to %s', async (redirectUri) => {
    const walk = browserWithCookies(provider.issuer);
    const back = await signIn(walk, asClaudia, { redirect_uri: redirectUri });
    expect(back.href.startsWith(redirectUri)).toBe(true);
    expect(back.searchParams.get('state')).toBe('my-state');
    const { access_token } = await exchange(back, redirectUri);
    expect(decodeJwt(access_token)).toMatchObject({
      aud: audience,
      acr: level2,
      sign_in_method: 'SPID',
      'https://attributes.eid.gov.it/fiscal_number': 'TINIT-RSSCLD84C52A794Q',
    });
  });

  it.each([
    'http://localhost.example.it:5173/accesso',
    'https://evil.example/accesso',
    'http://localhost@evil.example/',
    'http://user:secret@localhost:5173/',
    'http://localhost:5173/accesso#fragment',
    'http://10.0.0.1:5173/accesso',
    'javascript:alert(1)',
  ])('and nobody is sent to %s', async (redirectUri) => {
    await expect(
      authorize(browserWithCookies(provider.issuer), { redirect_uri: redirectUri }),
    ).rejects.toThrow();
  });

  it('only with PKCE, and the code is good once', async () => {
    const walk = browserWithCookies(provider.issuer);
    const refused = new URL(await authorize(walk, { code_challenge: '', code_challenge_method: '' }));
    expect(refused.searchParams.get('error')).toBe('invalid_request');
    const back = await signIn(walk, asClaudia);
    expect((await exchange(back)).access_token).toBeDefined();
    expect((await exchange(back)).error).toBe('invalid_grant');
  });

  it('and reads who it is in the id_token and at userinfo', async () => {
    const { id_token, access_token } = await exchange(
      await signIn(browserWithCookies(provider.issuer), { ...asClaudia, method: 'cie' }),
    );
    const expected = {
      acr: level2,
      sign_in_method: 'CIE',
      given_name: 'Claudia',
      family_name: 'Rossi',
      email: 'claudia.rossi@example.com',
    };
    expect(decodeJwt(id_token)).toMatchObject({ aud: 'demo-portal', amr: ['cie'], ...expected });
    const discovery = await fetch(`${provider.issuer}/.well-known/openid-configuration`);
    const { userinfo_endpoint } = (await discovery.json()) as { userinfo_endpoint: string };
    const ask = (token: string) =>
      fetch(userinfo_endpoint, {
        headers: { authorization: `Bearer ${token}`, origin: 'http://127.0.0.1:8080' },
      });
    const answer = await ask(access_token);
    expect(answer.headers.get('access-control-allow-origin')).toBe('http://127.0.0.1:8080');
    expect(await answer.json()).toEqual({
      ...expected,
      sub: decodeJwt(id_token).sub,
      birthdate: '1984-03-12',
      phone_number: '+393331234567',
      'https://attributes.eid.gov.it/fiscal_number': 'TINIT-RSSCLD84C52A794Q',
    });
    expect((await ask(`${access_token.slice(0, -4)}AAAA`)).status).toBe(401);
  });

  it('and renews what it got, once for each refresh token, with the same level', async () => {
    const first = await exchange(
      await signIn(browserWithCookies(provider.issuer), { ...asClaudia, method: 'cns', level: '3' }),
    );
    const renew = (token: string) => tokens({ grant_type: 'refresh_token', refresh_token: token });
    const second = await renew(first.refresh_token);
    expect(decodeJwt(second.access_token)).toMatchObject({ acr: level3, sign_in_method: 'CNS' });
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect((await renew(first.refresh_token)).error).toBe('invalid_grant');
  });

  it('and signs out, back to a page of its own', async () => {
    const walk = browserWithCookies(provider.issuer);
    const { id_token } = await exchange(await signIn(walk, asClaudia));
    const out = new URLSearchParams({
      id_token_hint: id_token,
      post_logout_redirect_uri: 'http://localhost:5173/uscita',
      state: 'bye',
    });
    const form = await walk.page(`${provider.issuer}/session/end?${out}`);
    expect(form).toContain('document.forms[0].submit()');
    const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(form) ?? [];
    const back = await walk(
      `${provider.issuer}/session/end/confirm`,
      new URLSearchParams({ xsrf, logout: 'yes' }),
    );
    expect(back).toBe('http://localhost:5173/uscita?state=bye');
    expect(await authorize(walk)).toContain('/interaction/');
    await expect(
      walk.page(
        `${provider.issuer}/session/end?${new URLSearchParams({
          id_token_hint: id_token,
          post_logout_redirect_uri: 'https://evil.example/',
        })}`,
      ),
    ).resolves.toContain('post_logout_redirect_uri not registered');
  });
});

describe('the level that a page asks for', () => {
  it('is the lowest that is accepted', async () => {
    const walk = browserWithCookies(provider.issuer);
    await expect(signIn(walk, asClaudia, { acr_values: level3 })).rejects.toThrow(
      'Level 3 or higher is asked for',
    );
    const { access_token, id_token } = await exchange(
      await signIn(walk, { ...asClaudia, level: '3' }, { acr_values: level3 }),
    );
    expect([decodeJwt(access_token).acr, decodeJwt(id_token).acr]).toEqual([level3, level3]);
  });

  it('makes a session of a lower level sign in again, and one of a higher level go on', async () => {
    const walk = browserWithCookies(provider.issuer);
    await signIn(walk, asClaudia);
    expect(await authorize(walk)).toContain('code=');
    expect(await authorize(walk, { acr_values: level3, prompt: 'none' })).toContain(
      'error=unmet_authentication_requirements',
    );
    const before = decodeJwt((await exchange(await signIn(walk, asClaudia))).id_token);
    const after = decodeJwt(
      (await exchange(await signIn(walk, { ...asClaudia, level: '3' }, { acr_values: level3 }))).id_token,
    );
    expect([before.acr, after.acr, after.sub]).toEqual([level2, level3, before.sub]);
    expect(await authorize(walk, { acr_values: `${level2} ${level3}` })).toContain('code=');
  });

  it('does not keep a business out, whose password has none', async () => {
    const walk = browserWithCookies(provider.issuer);
    const business = { code: trattoria.partitaIva, method: 'password', level: '1', password: 'demo' };
    const { access_token } = await exchange(await signIn(walk, business, { acr_values: level2 }));
    expect(decodeJwt(access_token)).toMatchObject({ amr: ['pwd'], sign_in_method: 'VAT_PASSWORD' });
    expect(decodeJwt(access_token).acr).toBeUndefined();
  });
});

describe('the page of the provider', () => {
  it('offers SPID, CIE and CNS, and a password to a partita IVA, with the levels that will do', async () => {
    const walk = browserWithCookies(provider.issuer);
    const html = await walk.page(await authorize(walk, { acr_values: level3 }));
    for (const method of ['spid', 'cie', 'cns']) expect(html).toContain(`name="method" value="${method}"`);
    expect(html).toContain('Accesso consentito alle sole partite IVA');
    expect(html).toContain('<option selected>3</option>');
    expect(html).not.toContain('<option>2</option>');
  });

  it('says in Italian why a sign-in is refused, and keeps the person', async () => {
    const walk = browserWithCookies(provider.issuer);
    const form = new URLSearchParams({ person: claudia.codiceFiscale, method: 'password', level: '2' });
    const html = await walk.page(await authorize(walk), form);
    expect(html).toContain('L’accesso con password è consentito alle sole partite IVA');
    expect(html).toContain(`<option value="${claudia.codiceFiscale}" selected>`);
  });

  it('takes somebody back who gives up', async () => {
    const walk = browserWithCookies(provider.issuer);
    const back = new URL(await walk(await walk(await authorize(walk), new URLSearchParams({ cancel: '1' }))));
    expect([back.origin + back.pathname, back.searchParams.get('error')]).toEqual([page, 'access_denied']);
  });

  it('does not go on in another browser', async () => {
    const address = await authorize(browserWithCookies(provider.issuer));
    await expect(
      browserWithCookies(provider.issuer).page(address, new URLSearchParams(asClaudia)),
    ).resolves.toContain('La sessione di accesso è scaduta');
  });
});

it('does not let pages of other origins read its answers', async () => {
  const response = await fetch(`${provider.issuer}/token`, {
    method: 'POST',
    headers: { origin: 'https://evil.example' },
    body: new URLSearchParams({ client_id: 'demo-portal', grant_type: 'refresh_token', refresh_token: 'x' }),
  });
  expect(response.headers.has('access-control-allow-origin')).toBe(false);
});
