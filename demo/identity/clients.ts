import type { ClientMetadata } from 'oidc-provider';
import { isListedOrigin, isOfOrigins, localOrigins } from '../../core/origins.ts';

/** Front ends: a public client, so only the code flow with PKCE. */
export const portal = { clientId: 'demo-portal', redirectUri: 'http://127.0.0.1/callback' } as const;

/** An integrator's program, which signs in with its own credentials. */
export const integrator = {
  clientId: 'demo-integrator',
  clientSecret: 'demo-integrator-secret-for-one-machine-only',
} as const;

/** Every scope of a program. */
export const machineScopes = 'payment:status payment:events webhooks:manage';

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
    // Its users sign in through it too: the practices that they start are its own, and so are their events.
    redirect_uris: [portal.redirectUri],
    grant_types: ['client_credentials', 'authorization_code'],
    response_types: ['code'],
  },
];

/** Return addresses of front ends: on this machine, with any port and path. */
export interface FrontEnds {
  /** Whether people may be redirected there. */
  isAddress(text: string): boolean;
  /** Whether pages of this origin may read the provider's responses. */
  isOrigin(origin: string): boolean;
}

/** `more` are origins in addition to this machine's. */
export function frontEndsOf(more: readonly string[]): FrontEnds {
  const origins = [...localOrigins, ...more];
  return {
    isAddress(text) {
      if (!URL.canParse(text)) return false;
      const address = new URL(text);
      const isPlain = address.username === '' && address.password === '' && address.hash === '';
      return isPlain && isOfOrigins(address, origins);
    },
    isOrigin: (origin) => isListedOrigin(origin, origins),
  };
}
