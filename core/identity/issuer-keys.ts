import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import type { GuardWatch } from '../resilience/guard.ts';

/** The keys that an issuer publishes now. */
export interface IssuerKeys {
  /** Errors: the issuer's failure, if there are no keys that are recent enough. */
  get(): Promise<JWTVerifyGetKey>;
  /** As `get`, for a token whose key is not among those: fetched anew unless that was done a moment ago. */
  getNewer(): Promise<JWTVerifyGetKey>;
}

const waitMs = 3_000;
/** Keys of this age are fetched again in the background, and still used meanwhile. */
const freshForMs = 60_000;
/** Keys of this age are no longer used, also when the issuer does not answer. */
const usableForMs = 4 * 60_000;
/** The shortest time between two fetches that tokens with unknown keys cause. */
const pauseMs = 10_000;

interface Fetched {
  readonly keys: JWTVerifyGetKey;
  readonly atMs: number;
}

/**
 * The issuer's keys, found through its discovery document when the first token comes: an identity provider may start
 * after us. Both documents are read anew each minute, so that a key that was withdrawn is forgotten.
 */
export function createIssuerKeys(issuer: string, now: () => Date, watch: GuardWatch = {}): IssuerKeys {
  let fetched: Fetched | null = null;
  let coming: Promise<Fetched> | null = null;
  let askedAtMs = Number.NEGATIVE_INFINITY;

  const fetchAnew = () => {
    if (coming === null) {
      askedAtMs = now().getTime();
      coming = watched(watch, () => fetchKeys(issuer))
        .then((keys) => {
          fetched = { keys, atMs: askedAtMs };
          return fetched;
        })
        .finally(() => {
          coming = null;
        });
    }
    return coming;
  };
  /** Callers that wait for keys get its errors; the others continue with the keys they have. */
  const fetchInBackground = () => void fetchAnew().catch(() => undefined);
  const hasPaused = () => now().getTime() - askedAtMs >= pauseMs;

  return {
    async get() {
      const ageMs = fetched === null ? Number.POSITIVE_INFINITY : now().getTime() - fetched.atMs;
      if (fetched === null || ageMs >= usableForMs) return (await fetchAnew()).keys;
      if (ageMs >= freshForMs && hasPaused()) fetchInBackground();
      return fetched.keys;
    },
    async getNewer() {
      if (coming !== null || hasPaused()) return (await fetchAnew()).keys;
      return this.get();
    },
  };
}

async function watched<T>(watch: GuardWatch, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  const ended = (outcome: 'ok' | 'failed') =>
    watch.called?.('identity provider', outcome, performance.now() - startedAt);
  try {
    const result = await work();
    ended('ok');
    return result;
  } catch (error) {
    ended('failed');
    throw error;
  }
}

async function fetchKeys(issuer: string): Promise<JWTVerifyGetKey> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const metadata = (await fetchJson(address)) as { readonly issuer?: unknown; readonly jwks_uri?: unknown };
  if (metadata.issuer !== issuer || typeof metadata.jwks_uri !== 'string')
    throw new Error('The discovery document is of another issuer or names no keys.');
  return createLocalJWKSet((await fetchJson(metadata.jwks_uri)) as JSONWebKeySet);
}

async function fetchJson(address: string): Promise<unknown> {
  const response = await fetch(address, {
    headers: { accept: 'application/json' },
    signal: AbortSignal.timeout(waitMs),
    redirect: 'error',
  });
  if (!response.ok) throw new Error(`${address} answered ${response.status}.`);
  return response.json();
}
