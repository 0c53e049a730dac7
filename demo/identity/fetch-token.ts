import { createHash, randomBytes } from 'node:crypto';
import { integrator, portal } from './clients.ts';
import { demoPassword, type Level, type Method } from './sign-in.ts';

export interface TokenRequest {
  readonly issuer: string;
  readonly audience: string;
  readonly code: string;
  readonly method: Method;
  readonly level: Level;
  /** The program that the person signs in to; the portal by default. */
  readonly client?: DemoClient;
}

/** A client of the demo; a public one has no secret. */
export interface DemoClient {
  readonly clientId: string;
  readonly clientSecret?: string;
}

/**
 * Gets an access token as a browser does: by the authorization code flow with PKCE, with the sign-in form filled
 * in over HTTP. Errors: the sentence that the form shows.
 */
export async function fetchDemoToken({
  issuer,
  audience,
  code,
  method,
  level,
  client = portal,
}: TokenRequest): Promise<string> {
  const verifier = randomBytes(32).toString('base64url');
  const walk = browserWithCookies(issuer);
  const query = new URLSearchParams({
    client_id: client.clientId,
    redirect_uri: portal.redirectUri,
    response_type: 'code',
    scope: 'openid',
    resource: audience,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const form = await walk(`${issuer}/auth?${query}`);
  const filled = new URLSearchParams({ code, method, level: String(level), password: demoPassword });
  const resumed = await walk(form, filled);
  const back = new URL(await walk(resumed));
  const refusal = back.searchParams.get('error_description');
  if (refusal !== null) throw new Error(refusal);
  return tokenFrom(issuer, client, {
    grant_type: 'authorization_code',
    redirect_uri: portal.redirectUri,
    code: back.searchParams.get('code') ?? '',
    code_verifier: verifier,
    resource: audience,
  });
}

/** A token of the demo's integrator, in its own name. */
export function fetchMachineToken(issuer: string, audience: string, scope: string): Promise<string> {
  return tokenFrom(issuer, integrator, {
    grant_type: 'client_credentials',
    resource: audience,
    scope,
  });
}

/** A browser's handling of cookies and redirects, step by step. */
export function browserWithCookies(issuer: string) {
  const cookies = new Map<string, string>();
  const send = async (url: string, accept: string, form?: URLSearchParams) => {
    const headers = { accept, cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
    const response = await fetch(new URL(url, issuer), {
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(10_000),
      ...(form === undefined ? {} : { method: 'POST', body: form }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    return response;
  };
  /** Follows one step and returns the address it leads to. */
  const walk = async (url: string, form?: URLSearchParams): Promise<string> => {
    const response = await send(url, 'application/json', form);
    const location = response.headers.get('location');
    if (location === null) throw new Error(await problemOf(response));
    return new URL(location, issuer).href;
  };
  const page = async (url: string, form?: URLSearchParams): Promise<string> =>
    (await send(url, 'text/html', form)).text();
  return Object.assign(walk, { page });
}

async function tokenFrom(
  issuer: string,
  { clientId, clientSecret }: DemoClient,
  fields: Record<string, string>,
): Promise<string> {
  const isPublic = clientSecret === undefined;
  const body = new URLSearchParams({ ...fields, ...(isPublic ? { client_id: clientId } : {}) });
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    body,
    headers: isPublic ? {} : { authorization: `Basic ${basic}` },
    signal: AbortSignal.timeout(10_000),
  });
  const answer = (await response.json()) as {
    readonly access_token?: string;
    readonly error_description?: string;
  };
  if (answer.access_token === undefined)
    throw new Error(answer.error_description ?? 'The provider gave no token.');
  return answer.access_token;
}

async function problemOf(response: Response): Promise<string> {
  const answer = (await response.json().catch(() => ({}))) as Record<string, string>;
  return answer.problem ?? answer.error_description ?? `The provider answered ${response.status}.`;
}
