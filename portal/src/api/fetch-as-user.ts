import type { User } from 'oidc-client-ts';
import { language } from '../language.ts';
import { renew, requireLevel, users } from '../sign-in/session.ts';

/**
 * Sends a request with the token of whoever is signed in, a renewed one where it has run out.
 *
 * A token that cannot be renewed, or whose level is too low, is answered 401; then the page asks to sign in again.
 */
export async function fetchAsUser(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const known = await users.getUser();
  const user = known?.expired === true ? ((await renew()) ?? known) : known;
  const response = await fetch(input, withToken(init, user));
  if (response.status !== 401 || user === null) return response;
  const challenge = response.headers.get('www-authenticate') ?? '';
  if (challenge.includes('insufficient_user_authentication')) {
    requireLevel(/acr_values="([^"]+)"/.exec(challenge)?.[1] ?? null);
    return response;
  }
  const renewed = await renew();
  if (renewed !== null) return fetch(input, withToken(init, renewed));
  requireLevel(null);
  return response;
}

function withToken(init: RequestInit, user: User | null): RequestInit {
  const headers = new Headers(init.headers);
  headers.set('accept-language', language);
  if (user !== null) headers.set('authorization', `Bearer ${user.access_token}`);
  return { ...init, headers };
}
