import { createHash } from 'node:crypto';
import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { AppError } from '../errors.ts';
import type { Caller } from './caller.ts';
import { toCaller } from './claims.ts';

export interface TokenVerifier {
  /**
   * Who an `Authorization` header stands for; without one, nobody.
   *
   * Errors: UNAUTHENTICATED with a sentence that says what is wrong; SUBGRAPH_UNAVAILABLE when the identity
   * provider does not give its keys.
   */
  verify(authorization: string | undefined): Promise<Caller>;
}

export interface TokenVerifierOptions {
  /** As the tokens' `iss` has it. */
  readonly issuer: string;
  readonly audience: string;
  /** What opaque ids are made with. */
  readonly idSecret: string;
  readonly now?: () => Date;
}

const waitMs = 3_000;
const maxRemembered = 10_000;
/** Clocks of two machines are never quite the same. */
const toleranceSeconds = 5;

/** Verifies tokens against the keys that the issuer publishes; a token that was good stays so until it expires. */
export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const { idSecret, now = () => new Date() } = options;
  const remembered = new Map<string, { readonly caller: Caller; readonly expiresMs: number }>();
  const keys = keysOf(options.issuer);

  return {
    async verify(authorization) {
      if (authorization === undefined) return { kind: 'anonymous' };
      const token = tokenOf(authorization);
      const key = createHash('sha256').update(token).digest('base64url');
      const known = remembered.get(key);
      if (known !== undefined && known.expiresMs > now().getTime()) return known.caller;
      const claims = await claimsOf(token, await keys(), options, now());
      const caller = toCaller(claims, idSecret);
      if (remembered.size >= maxRemembered) remembered.delete(remembered.keys().next().value ?? '');
      remembered.set(key, { caller, expiresMs: (claims.exp ?? 0) * 1_000 });
      return caller;
    },
  };
}

/** Found when the first token comes: an identity provider may start after us. */
function keysOf(issuer: string): () => Promise<JWTVerifyGetKey> {
  let found: Promise<JWTVerifyGetKey> | undefined;
  return () => {
    found ??= discover(issuer).catch((error: unknown) => {
      found = undefined;
      throw unavailable(error);
    });
    return found;
  };
}

async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(address, { signal: AbortSignal.timeout(waitMs), redirect: 'error' });
  const metadata = (await response.json()) as { readonly issuer?: unknown; readonly jwks_uri?: unknown };
  if (metadata.issuer !== issuer || typeof metadata.jwks_uri !== 'string') {
    throw new Error('The discovery document is of another issuer or names no keys.');
  }
  return createRemoteJWKSet(new URL(metadata.jwks_uri), {
    timeoutDuration: waitMs,
    cooldownDuration: 10_000,
  });
}

async function claimsOf(
  token: string,
  keys: JWTVerifyGetKey,
  { issuer, audience }: TokenVerifierOptions,
  now: Date,
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience,
      algorithms: ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'],
      requiredClaims: ['exp'],
      clockTolerance: toleranceSeconds,
      currentDate: now,
    });
    return payload;
  } catch (error) {
    throw toRefusal(error);
  }
}

function toRefusal(error: unknown): AppError {
  if (error instanceof errors.JWTExpired) return refused('The token has expired. Sign in again.');
  if (error instanceof errors.JWTClaimValidationFailed) {
    return refused(claimSentences[error.claim] ?? 'The token lacks a claim that is needed.');
  }
  if (error instanceof errors.JOSEAlgNotAllowed)
    return refused('The token is signed in a way that is not accepted.');
  if (error instanceof errors.JWKSNoMatchingKey)
    return refused('The token is signed with a key that the issuer does not have.');
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return refused("The token's signature is not valid.");
  if (error instanceof errors.JWTInvalid || error instanceof errors.JWSInvalid)
    return refused('The token is not a signed JWT.');
  return unavailable(error);
}

const claimSentences: Readonly<Record<string, string>> = {
  iss: 'The token is from another issuer.',
  aud: 'The token is meant for another service.',
  nbf: 'The token is not valid yet.',
};

function tokenOf(authorization: string): string {
  const [, token] = /^Bearer +([\w.~+/=-]+)$/i.exec(authorization.trim()) ?? [];
  if (token === undefined) throw refused('The Authorization header has not the form `Bearer <token>`.');
  return token;
}

function refused(message: string): AppError {
  return new AppError('UNAUTHENTICATED', message, { facts: { reason: 'invalid_token' } });
}

function unavailable(cause: unknown): AppError {
  return new AppError(
    'SUBGRAPH_UNAVAILABLE',
    'The sign-in service does not answer at the moment. Try again later.',
    { cause },
  );
}
