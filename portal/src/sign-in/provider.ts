import { UserManager, WebStorageStateStore } from 'oidc-client-ts';
import { config } from '../config.ts';
import { setPerson } from './session.ts';

/** Loaded when somebody signs in or out, or a token is renewed: most pages do without. */
export const users = new UserManager({
  authority: config.issuer,
  client_id: config.clientId,
  redirect_uri: `${location.origin}/accesso`,
  post_logout_redirect_uri: `${location.origin}/`,
  scope: 'openid profile email',
  resource: config.audience,
  // `session.ts` renews in time.
  automaticSilentRenew: false,
  // A closed tab is a signed-out tab: people use the computers of libraries.
  userStore: new WebStorageStateStore({ store: sessionStorage }),
  stateStore: new WebStorageStateStore({ store: sessionStorage }),
});

users.events.addUserLoaded(setPerson);
users.events.addUserUnloaded(() => setPerson(null));
