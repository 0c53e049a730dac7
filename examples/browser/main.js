// Signs in by the authorization code flow with PKCE, and shows the children. See docs/clients.md for the provider.
import { ApiError, createClient } from '@school-services/client';
import { Children } from '@school-services/client/operations';

const issuer = 'http://127.0.0.1:4010';
const page = location.origin + location.pathname;
const provider = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json();
const base64url = (bytes) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

async function signIn() {
  const [verifier, state] = [random(), random()];
  Object.assign(sessionStorage, { verifier, state });
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)));
  const asked = {
    client_id: 'demo-portal',
    redirect_uri: page,
    response_type: 'code',
    scope: 'openid',
    state,
    acr_values: 'https://www.spid.gov.it/SpidL2',
    code_challenge: base64url(hash),
    code_challenge_method: 'S256',
  };
  location.assign(`${provider.authorization_endpoint}?${new URLSearchParams(asked)}`);
}

async function tokenOf(code) {
  const form = {
    grant_type: 'authorization_code',
    client_id: 'demo-portal',
    redirect_uri: page,
    code,
    code_verifier: sessionStorage.verifier,
  };
  const answer = await fetch(provider.token_endpoint, { method: 'POST', body: new URLSearchParams(form) });
  return (await answer.json()).access_token;
}

const back = new URLSearchParams(location.search);
const enter = document.querySelector('#enter');
enter.onclick = signIn;
if (back.has('code') && back.get('state') === sessionStorage.state) {
  history.replaceState(null, '', page);
  const client = createClient({
    url: 'http://127.0.0.1:4000/graphql',
    token: await tokenOf(back.get('code')),
  });
  try {
    const { me } = await client.query(Children, {});
    for (const { firstName, lastName } of me?.children ?? [])
      document
        .querySelector('#children')
        .append(Object.assign(document.createElement('li'), { textContent: `${firstName} ${lastName}` }));
  } catch (error) {
    document.querySelector('#problem').textContent =
      error instanceof ApiError ? error.message : String(error);
  }
} else enter.hidden = false;
