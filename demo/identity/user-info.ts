import cors from 'cors';
import { Router } from 'express';
import { createLocalJWKSet, type JWK, jwtVerify } from 'jose';
import type { FrontEnds } from './clients.ts';
import type { ProviderKeys } from './keys.ts';

/** The claims of an access token about the person, without those about the token. */
const notAttributes = new Set(['iss', 'aud', 'exp', 'iat', 'jti', 'scope', 'client_id', 'nbf']);

/**
 * The userinfo endpoint of OpenID Connect.
 *
 * Attributes are in the access token already, as brokers put them there; clients that ask here get them too.
 */
export function userInfo(issuer: string, audience: string, keys: ProviderKeys, frontEnds: FrontEnds): Router {
  const keySet = createLocalJWKSet({ keys: keys.jwks.keys.map(publicPart) });
  const router = Router();
  router.use(
    cors({ origin: (origin, done) => done(null, origin !== undefined && frontEnds.isOrigin(origin)) }),
  );
  router.all('/', async (request, response) => {
    const [, token = ''] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? [];
    try {
      const { payload } = await jwtVerify(token, keySet, { issuer, audience });
      const claims = Object.entries(payload).filter(([name]) => !notAttributes.has(name));
      response.set('cache-control', 'no-store').json(Object.fromEntries(claims));
    } catch {
      response.status(401).set('www-authenticate', 'Bearer error="invalid_token"').end();
    }
  });
  return router;
}

function publicPart({ kty, n, e, kid, alg, use }: JWK): JWK {
  return { kty, n, e, kid, alg, use } as JWK;
}
