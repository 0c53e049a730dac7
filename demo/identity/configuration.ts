import { type Configuration, interactionPolicy } from 'oidc-provider';
import { createMemoryAdapter } from 'oidc-provider/lib/adapters/memory_adapter.js';
import type { DemoBusiness, DemoPerson } from '../town/people.ts';
import { clients, type FrontEnds, machineScopes } from './clients.ts';
import type { ProviderKeys } from './keys.ts';
import { problemPage, signedOutPage, signOutPage } from './pages.ts';
import { type Authentication, acrValues, claimsOf, eid, levelAsked, levelOf } from './sign-in.ts';

/** People who signed in since the provider started, by account. */
export type Accounts = ReadonlyMap<string, DemoPerson | DemoBusiness>;

const oneHour = 3_600;
const oneDay = 24 * oneHour;

/** Lifetimes of tokens and codes, in seconds. docs/clients.md states the first two. */
const lifetimes = {
  AccessToken: oneHour,
  RefreshToken: oneDay,
  IdToken: oneHour,
  AuthorizationCode: 300,
  ClientCredentials: oneHour,
  Grant: oneDay,
  Interaction: oneHour,
  Session: oneDay,
};

const scopes = `openid profile email phone offline_access ${machineScopes}`;

export function configuration(
  audience: string,
  keys: ProviderKeys,
  accounts: Accounts,
  frontEnds: FrontEnds,
): Configuration {
  return {
    // Pending sign-ins may end with the process; everything else is in the tokens.
    adapter: createMemoryAdapter(5),
    clients,
    jwks: keys.jwks as NonNullable<Configuration['jwks']>,
    cookies: { keys: keys.cookies },
    ttl: lifetimes,
    scopes: scopes.split(' '),
    claims: idTokenClaims,
    acrValues: [...acrValues],
    // Attributes are in the id_token too: front ends greet people without another request.
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    clientBasedCORS: (_ctx, origin) => frontEnds.isOrigin(origin),
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    features: features(audience),
    interactions: { policy: policy(), url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_ctx, accountId, token) => ({
      accountId,
      claims: () => ({ sub: accountId, ...attributes(accounts, accountId, token ?? {}) }),
    }),
    extraTokenClaims(ctx, token) {
      const { AuthorizationCode, RefreshToken } = ctx.oidc.entities;
      const accountId = 'accountId' in token ? String(token.accountId) : '';
      return attributes(accounts, accountId, AuthorizationCode ?? RefreshToken ?? {});
    },
    async renderError(ctx, out) {
      ctx.type = 'html';
      ctx.body = problemPage(`${out.error}: ${out.error_description ?? ''}`);
    },
    // No consent is asked for: the portal belongs to the town.
    async loadExistingGrant(ctx) {
      const { client, session, provider } = ctx.oidc;
      if (client === undefined || session?.accountId === undefined) return undefined;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope(scopes);
      grant.addResourceScope(audience, 'openid');
      await grant.save();
      return grant;
    },
  };
}

const idTokenClaims: NonNullable<Configuration['claims']> = {
  openid: ['sub', 'acr', 'amr', 'auth_time', 'sign_in_method'],
  profile: [
    'given_name',
    'family_name',
    'birthdate',
    `${eid}fiscal_number`,
    `${eid}vat_number`,
    `${eid}company_name`,
  ],
  email: ['email'],
  phone: ['phone_number'],
};

function features(audience: string): NonNullable<Configuration['features']> {
  return {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    // Served by user-info.ts: the library's endpoint refuses tokens meant for an API.
    userinfo: { enabled: true },
    revocation: { enabled: true },
    rpInitiatedLogout: {
      enabled: true,
      async logoutSource(ctx, form) {
        ctx.body = signOutPage(form, ctx.oidc.entities.IdTokenHint !== undefined);
      },
      async postLogoutSuccessSource(ctx) {
        ctx.body = signedOutPage();
      },
    },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => audience,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({
        scope: `openid ${machineScopes}`,
        audience,
        accessTokenTTL: lifetimes.AccessToken,
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: 'RS256' } },
      }),
    },
  };
}

/** A session of a lower level than the client requires is not enough: the person signs in again. */
function policy() {
  const prompts = interactionPolicy.base();
  const stepUp = new interactionPolicy.Check(
    'level',
    'The sign-in is of a lower level than asked for.',
    'unmet_authentication_requirements',
    (ctx) => {
      const { session, params } = ctx.oidc;
      if (session?.accountId === undefined || session.amr?.includes('pwd')) return false;
      return (levelOf(session.acr) ?? 0) < levelAsked(params?.acr_values);
    },
  );
  prompts.get('login')?.checks.add(stepUp);
  return prompts;
}

function attributes(accounts: Accounts, accountId: string, how: object): Record<string, unknown> | undefined {
  const { acr, amr } = how as Partial<Authentication>;
  const person = accounts.get(accountId);
  if (person === undefined) return undefined;
  return claimsOf(person, { ...(acr === undefined ? {} : { acr }), ...(amr === undefined ? {} : { amr }) });
}
