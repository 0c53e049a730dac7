import { config } from '../config.ts';
import { keepTyped } from '../ui/use-typed.ts';

/** The level that personal data want. A request that wants more says so, see `requireLevel`. */
const usualLevel = 'https://www.spid.gov.it/SpidL2';

/** What the portal needs of a sign-in, as the sign-in library keeps it in the tab. */
export interface SignedInPerson {
  readonly access_token: string;
  /** Unit: seconds since 1970. */
  readonly expires_at?: number | undefined;
  readonly profile: Readonly<Record<string, unknown>>;
}

export interface Session {
  readonly user: SignedInPerson | null;
  /** Set when the person has to sign in again; the level that is wanted. */
  readonly wantedLevel: string | null;
}

/** The library's own name for it; it is read here so that a page need not load the library to know who is signed in. */
const place = `oidc.user:${config.issuer}:${config.clientId}`;

export function storedPerson(): SignedInPerson | null {
  return JSON.parse(sessionStorage.getItem(place) ?? 'null');
}

/** The library, for the sign-in, its renewal and its end. */
const provider = () => import('./provider.ts').then(({ users }) => users);

let session: Session = { user: storedPerson(), wantedLevel: null };
const listeners = new Set<() => void>();

function change(changes: Partial<Session>): void {
  session = { ...session, ...changes };
  for (const listener of listeners) listener();
}

export const currentSession = (): Session => session;

export function onSessionChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Somebody is signed in, with a new token or for the first time; null is the end of it. */
export function setPerson(user: SignedInPerson | null): void {
  change(user === null ? { user } : { user, wantedLevel: null });
  renewInTime();
}

const renewedBeforeMs = 60_000;
let timer: ReturnType<typeof setTimeout> | undefined;

/** While the tab is open the sign-in is renewed before it ends, also if nobody does anything. */
function renewInTime(): void {
  clearTimeout(timer);
  const { user } = session;
  if (user?.expires_at === undefined) return;
  const waitMs = user.expires_at * 1_000 - Date.now() - renewedBeforeMs;
  // One that has expired is renewed with the next request.
  if (waitMs > 0) timer = setTimeout(() => void renew(), waitMs);
}

renewInTime();

/** Goes to the sign-in page and comes back to `returnTo`. */
export async function signIn(returnTo: string, level: string = usualLevel): Promise<void> {
  const users = await provider();
  keepTyped();
  await users.signinRedirect({ acr_values: level, state: { returnTo } });
}

export async function signOut(): Promise<void> {
  const users = await provider();
  // What was typed and not saved is of this person.
  for (const key of Object.keys(sessionStorage))
    if (/^(typed|intent) /.test(key)) sessionStorage.removeItem(key);
  await users.signoutRedirect();
}

/** The end of a sign-in: where it is to go on. A code is good once. */
export async function finishSignIn(): Promise<unknown> {
  const users = await provider();
  return (await users.signinCallback())?.state;
}

/** Whoever asks has to sign in again: what is on the page stays there until they do. */
export function requireLevel(level: string | null): void {
  change({ wantedLevel: level ?? usualLevel });
}

let renewal: Promise<SignedInPerson | null> | undefined;

/** A fresh access token by the refresh token; null when that is over. */
export function renew(): Promise<SignedInPerson | null> {
  renewal ??= provider()
    .then((users) => users.signinSilent())
    .catch(() => null)
    .finally(() => {
      renewal = undefined;
    });
  return renewal;
}
