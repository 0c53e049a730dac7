import { currentSession, renew, requireLevel, storedPerson } from './session.ts';

/**
 * The token of the signed-in person, renewed if it has expired. One that was refused is renewed too; if that is not possible,
 * the page asks to sign in again.
 */
export async function accessToken(refused?: string): Promise<string | null> {
  const known = storedPerson();
  if (known === null) return null;
  const isExpired = known.expires_at !== undefined && known.expires_at * 1_000 <= Date.now();
  if (refused === undefined && !isExpired) return known.access_token;
  // A higher level is wanted: no renewal has it.
  if (refused !== undefined && currentSession().wantedLevel !== null) return null;
  const renewed = await renew();
  if (renewed === null && refused !== undefined) requireLevel(null);
  return (renewed ?? known).access_token;
}

/** Asks to sign in again if the token's level is too low. */
export function noteChallenge({ status, headers }: Response): void {
  const challenge = status === 401 ? (headers.get('www-authenticate') ?? '') : '';
  if (challenge.includes('insufficient_user_authentication'))
    requireLevel(/acr_values="([^"]+)"/.exec(challenge)?.[1] ?? null);
}
