import type { ClientMetadata } from 'oidc-provider';
import { isListedOrigin, isOfOrigins, localOrigins } from '../../core/origins.ts';

/** Front ends: a public client, so only the code flow with PKCE. */
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
    grant_types: ['authorization_code', 'refresh_token'],
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

/** Any page of this machine: whoever develops a front end chooses the port and the path. */
export function isFrontEndAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const address = new URL(text);
  const isPlain = address.username === '' && address.password === '' && address.hash === '';
  return isPlain && isOfOrigins(address, localOrigins);
}

/** Whether a page of this origin may call the provider's endpoints. */
export function isFrontEndOrigin(origin: string): boolean {
  return isListedOrigin(origin, localOrigins);
}
