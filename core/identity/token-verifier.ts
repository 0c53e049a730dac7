import { createHash } from 'node:crypto';
import { errors, type JWTPayload, type JWTVerifyGetKey, type JWTVerifyResult, jwtVerify } from 'jose';
import { AppError } from '../errors.ts';
import type { GuardWatch } from '../resilience/guard.ts';
import type { Caller } from './caller.ts';
import { toCaller } from './claims.ts';
import { createIssuerKeys, type IssuerKeys } from './issuer-keys.ts';
import type { IdSecrets } from './person-id.ts';

export interface TokenVerifier {
  /**
   * The caller that an `Authorization` header identifies; without one, an anonymous caller.
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
  readonly idSecrets: IdSecrets;
  /** The longest life that a token may have, from `iat` to `exp`; 12 hours. */
  readonly longestLifeMs?: number;
  readonly now?: () => Date;
  /** Sees the calls to the issuer. */
  readonly watch?: GuardWatch;
}

const maxRemembered = 10_000;
/** With the four minutes that keys are used for, a token of a withdrawn key is refused within five. */
const rememberedForMs = 60_000;
export const usualLongestLifeMs = 12 * 3_600_000;
/** Clocks of two machines are never quite the same. */
const toleranceSeconds = 5;

/** Verifies tokens against the keys that the issuer publishes; one that was good is not verified again for a minute. */
export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const { idSecrets, now = () => new Date() } = options;
  const remembered = new Map<string, { readonly caller: Caller; readonly untilMs: number }>();
  const keys = createIssuerKeys(options.issuer, now, options.watch);

  return {
    async verify(authorization) {
      if (authorization === undefined) return { kind: 'anonymous' };
      const token = tokenOf(authorization);
      const key = createHash('sha256').update(token).digest('base64url');
      const known = remembered.get(key);
      if (known !== undefined && known.untilMs > now().getTime()) return known.caller;
      remembered.delete(key);
      const claims = await claimsOf(token, keys, options, now());
      const caller = toCaller(claims, idSecrets);
      if (remembered.size >= maxRemembered) remembered.delete(remembered.keys().next().value ?? '');
      const untilMs = Math.min((claims.exp ?? 0) * 1_000, now().getTime() + rememberedForMs);
      remembered.set(key, { caller, untilMs });
      return caller;
    },
  };
}

async function claimsOf(
  token: string,
  issuerKeys: IssuerKeys,
  options: TokenVerifierOptions,
  now: Date,
): Promise<JWTPayload> {
  const known = await issuerKeys.get().catch(unavailable);
  try {
    return await verified(token, known, options, now);
  } catch (error) {
    if (!(error instanceof errors.JWKSNoMatchingKey)) throw toRefusal(error);
  }
  // Perhaps the issuer has changed its key since.
  const newer = await issuerKeys.getNewer().catch(unavailable);
  try {
    return await verified(token, newer, options, now);
  } catch (error) {
    throw toRefusal(error);
  }
}

async function verified(
  token: string,
  keys: JWTVerifyGetKey,
  { issuer, audience, longestLifeMs = usualLongestLifeMs }: TokenVerifierOptions,
  now: Date,
): Promise<JWTPayload> {
  const result = await jwtVerify(token, keys, {
    issuer,
    audience,
    algorithms: ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'],
    requiredClaims: ['exp', 'iat'],
    clockTolerance: toleranceSeconds,
    currentDate: now,
  });
  requireAccessToken(result);
  requireShortLife(result.payload, longestLifeMs, now);
  return result.payload;
}

/** Accepted types: those of RFC 9068 §2.1, and `JWT` or none, as older issuers write it. */
const headerTypes: readonly unknown[] = [undefined, 'jwt', 'at+jwt', 'application/jwt', 'application/at+jwt'];
/** Some issuers, Keycloak among them, say in a claim what a token is. */
const claimTypes: readonly unknown[] = [undefined, 'bearer', 'jwt', 'at+jwt'];

/**
 * The same key signs tokens that end a sign-in, ask for a new token or report an event: none of them opens anything.
 */
function requireAccessToken({ protectedHeader, payload }: JWTVerifyResult): void {
  const isKnown =
    headerTypes.includes(lowerCase(protectedHeader.typ)) && claimTypes.includes(lowerCase(payload.typ));
  // RFC 8417: what an event token is about, whatever its header says.
  if (!isKnown || Object.hasOwn(payload, 'events'))
    throw refused('The token is no access token: send the one that the sign-in service issued for this API.');
}

function lowerCase(value: unknown): unknown {
  return typeof value === 'string' ? value.toLowerCase() : value;
}

function requireShortLife({ iat = 0, exp = 0 }: JWTPayload, longestLifeMs: number, now: Date): void {
  if (iat * 1_000 > now.getTime() + toleranceSeconds * 1_000) throw refused('The token is not valid yet.');
  if ((exp - iat) * 1_000 > longestLifeMs) {
    const hours = longestLifeMs / 3_600_000;
    throw refused(
      `The token is valid for longer than ${hours} hours, from \`iat\` to \`exp\`: ask for a shorter one.`,
    );
  }
}

function toRefusal(error: unknown): AppError {
  if (error instanceof AppError) return error;
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
  // The library's other errors are about the token too: an extension that it demands, a key that it does not name.
  if (error instanceof errors.JOSEError) return refused('The token is not one that can be verified.');
  return toUnavailable(error);
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

function unavailable(cause: unknown): never {
  throw toUnavailable(cause);
}

function toUnavailable(cause: unknown): AppError {
  return new AppError(
    'SUBGRAPH_UNAVAILABLE',
    'The sign-in service does not answer at the moment. Try again later.',
    { cause },
  );
}
