import type { ClientMetadata } from 'oidc-provider';

/** The portal's front end: a public client, so only the code flow with PKCE. */
export const portal = { clientId: 'demo-portal', redirectUri: 'http://127.0.0.1/callback' } as const;

/** An integrator's program, which signs in as itself. */
export const integrator = {
  clientId: 'demo-integrator',
  clientSecret: 'demo-integrator-secret-for-one-machine-only',
} as const;

export const clients: ClientMetadata[] = [
  {
    client_id: portal.clientId,
    client_name: 'Portale dei servizi scolastici',
    application_type: 'web',
    redirect_uris: [portal.redirectUri],
    grant_types: ['authorization_code'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
  },
  {
    client_id: integrator.clientId,
    client_secret: integrator.clientSecret,
    redirect_uris: [],
    grant_types: ['client_credentials'],
    response_types: [],
  },
];
