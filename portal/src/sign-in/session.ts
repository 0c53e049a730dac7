import { type User, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import { config } from '../config.ts';

/** The level that personal data want. A request that wants more says so, see `requireLevel`. */
const usualLevel = 'https://www.spid.gov.it/SpidL2';

export const users = new UserManager({
  authority: config.issuer,
  client_id: config.clientId,
  redirect_uri: `${location.origin}/accesso`,
  post_logout_redirect_uri: `${location.origin}/`,
  scope: 'openid profile email',
  resource: config.audience,
  acr_values: usualLevel,
  automaticSilentRenew: true,
  // A closed tab is a signed-out tab: people use the computers of libraries.
  userStore: new WebStorageStateStore({ store: sessionStorage }),
  stateStore: new WebStorageStateStore({ store: sessionStorage }),
});

export interface Session {
  /** False while it is not known yet whether somebody is signed in. */
  readonly isReady: boolean;
  readonly user: User | null;
  /** Set when the person has to sign in again; the level that is wanted. */
  readonly wantedLevel: string | null;
}

let session: Session = { isReady: false, user: null, wantedLevel: null };
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

users.events.addUserLoaded((user) => change({ user, isReady: true, wantedLevel: null }));
users.events.addUserUnloaded(() => change({ user: null }));
void users.getUser().then((user) => change({ user, isReady: true }));

/** Goes to the sign-in page and comes back to `returnTo`. */
export function signIn(returnTo: string, level: string = usualLevel): Promise<void> {
  return users.signinRedirect({ acr_values: level, state: { returnTo } });
}

export async function signOut(): Promise<void> {
  // What was typed and not saved is of this person.
  for (const key of Object.keys(sessionStorage))
    if (/^(typed|intent) /.test(key)) sessionStorage.removeItem(key);
  await users.signoutRedirect();
}

/** Whoever asks has to sign in again: what is on the page stays there until they do. */
export function requireLevel(level: string | null): void {
  change({ wantedLevel: level ?? usualLevel });
}

let renewal: Promise<User | null> | undefined;

/** A fresh access token by the refresh token; null when that is over. */
export function renew(): Promise<User | null> {
  renewal ??= users
    .signinSilent()
    .catch(() => null)
    .finally(() => {
      renewal = undefined;
    });
  return renewal;
}
