import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';
import { type Configuration, Provider } from 'oidc-provider';
import { createMemoryAdapter } from 'oidc-provider/lib/adapters/memory_adapter.js';
import { clients } from './clients.ts';
import { type ProviderKeys, providerKeys } from './keys.ts';
import { claimsOf, type FindPerson, type SignIn, signIn } from './sign-in.ts';
import { signInPage } from './sign-in-page.ts';

export interface IdentityProviderOptions {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** What access tokens are meant for. */
  readonly audience: string;
  readonly findPerson: FindPerson;
}

export interface IdentityProvider {
  readonly issuer: string;
  close(): Promise<void>;
}

/** A real OpenID provider that plays SPID, CIE, CNS and the VAT login for the town's people. */
export async function startIdentityProvider(options: IdentityProviderOptions): Promise<IdentityProvider> {
  const server = createServer();
  server.listen(options.port, options.host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const issuer = `http://${options.host}:${port}`;
  const signIns = new Map<string, SignIn>();
  const provider = new Provider(
    issuer,
    configuration(options.audience, await providerKeys(options.dataDir), signIns),
  );
  server.on('request', pages(provider, signIns, options.findPerson));
  return {
    issuer,
    async close() {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, 'close');
    },
  };
}

const oneHour = 3_600;

function configuration(
  audience: string,
  keys: ProviderKeys,
  signIns: ReadonlyMap<string, SignIn>,
): Configuration {
  const lifetimes = [
    'AccessToken',
    'AuthorizationCode',
    'ClientCredentials',
    'Grant',
    'IdToken',
    'Interaction',
    'Session',
  ];
  return {
    // Sign-ins in progress need not outlive the process, and everything else is in the tokens.
    adapter: createMemoryAdapter(5),
    clients,
    jwks: keys.jwks as NonNullable<Configuration['jwks']>,
    cookies: { keys: keys.cookies },
    ttl: Object.fromEntries(lifetimes.map((name) => [name, oneHour])),
    scopes: ['openid', 'payment:status'],
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: 'openid payment:status',
          audience,
          accessTokenTTL: oneHour,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_ctx, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    extraTokenClaims(_ctx, token) {
      const known = 'accountId' in token ? signIns.get(String(token.accountId)) : undefined;
      return known === undefined ? undefined : claimsOf(known);
    },
    // Nobody is asked for consent: the portal is the town's own.
    async loadExistingGrant(ctx) {
      const { client, session, provider } = ctx.oidc;
      if (client === undefined || session?.accountId === undefined) return undefined;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid');
      grant.addResourceScope(audience, 'openid');
      await grant.save();
      return grant;
    },
  };
}

function pages(provider: Provider, signIns: Map<string, SignIn>, findPerson: FindPerson): Express {
  const app = express();
  app.disable('x-powered-by');
  app.get('/interaction/:uid', (request, response) => {
    response.type('html').send(signInPage(request.originalUrl, null));
  });
  app.post('/interaction/:uid', express.urlencoded({ extended: false }), async (request, response) => {
    const { code = '', method = '', level = '', password = '' } = request.body as Record<string, string>;
    try {
      const found = await signIn({ code, method, level, password }, findPerson);
      signIns.set(found.accountId, found);
      await provider.interactionFinished(request, response, { login: { accountId: found.accountId } });
    } catch (error) {
      const problem = error instanceof Error ? error.message : 'The sign-in failed.';
      response.status(400);
      if (request.accepts(['html', 'json']) === 'json') response.json({ problem });
      else response.type('html').send(signInPage(request.originalUrl, problem));
    }
  });
  app.use(provider.callback());
  return app;
}
