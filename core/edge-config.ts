import { type EnvironmentReader, isSecureAddress } from './environment.ts';
import { isOriginPattern, localOrigins } from './origins.ts';
import { projectFile } from './project-root.ts';
import { usual } from './usual-values.ts';

/** What the gateway accepts from clients, from which of them, and how much. */
export interface EdgeConfig {
  /** Whether documents are accepted that nobody registered. */
  readonly trustedOperations: 'only' | 'allow';
  /** The manifest of documents that came with the server; one that is not there is an empty one. */
  readonly trustedOperationsPath: string;
  /** The folder that `npm run docs` wrote, served under `/docs`; null for none. */
  readonly docsPath: string | null;
  /** Requests a minute of one caller, ten times as many of one address; 0 for no limit. */
  readonly ratePerMinute: number;
  /** Public look-ups a minute of one caller or address; 0 for no limit. */
  readonly lookupsPerMinute: number;
  /** Requests that are answered at the same time. */
  readonly maxInFlight: number;
  /** Proxies whose `X-Forwarded-For` is believed, as Express's `trust proxy` takes them; empty for nobody's. */
  readonly trustedProxies: readonly string[] | number;
  /** Origins whose pages may call the API. Shape: `https://portale.example.it`, `http://localhost:*` for any port. */
  readonly corsOrigins: readonly string[];
}

/** What each variable means, in the order of .env.example. */
export const edgeVariables = {
  TRUSTED_DOCUMENTS:
    '`only` registered operations are answered, or `allow` any; only in production, allow otherwise',
  TRUSTED_DOCUMENTS_PATH: 'the manifest of the operations that come with the server',
  DOCS_PATH:
    'the folder that npm run docs wrote, served under /docs; none in production, dist/docs otherwise',
  RATE_LIMIT_PER_MINUTE:
    'requests of one caller, ten times as many of one address; 0 is off; 600 in production, 0 otherwise',
  PUBLIC_LOOKUPS_PER_MINUTE: 'look-ups of payment notices and the like by one caller or address; 0 is off',
  MAX_IN_FLIGHT: 'requests in progress at the same time, more are refused as OVERLOADED',
  TRUSTED_PROXIES:
    'proxies whose X-Forwarded-For counts: addresses or subnets with commas, or their number; none',
  CORS_ORIGINS:
    'origins with commas whose pages may call the API, http://localhost:* for any port; none in production, otherwise this machine and Apollo Sandbox',
} as const;

/** The defaults: strict in production, and without hindrance for developers elsewhere. */
export function edgeDefaults(isProduction: boolean): EdgeConfig {
  return {
    trustedOperations: isProduction ? 'only' : 'allow',
    trustedOperationsPath: usual.TRUSTED_DOCUMENTS_PATH,
    docsPath: isProduction ? null : projectFile('dist', 'docs'),
    ratePerMinute: isProduction ? 600 : 0,
    lookupsPerMinute: usual.PUBLIC_LOOKUPS_PER_MINUTE,
    maxInFlight: usual.MAX_IN_FLIGHT,
    trustedProxies: [],
    corsOrigins: isProduction ? [] : [...localOrigins, 'https://studio.apollographql.com'],
  };
}

export function edgeConfig(read: EnvironmentReader, isProduction: boolean): EdgeConfig {
  const defaults = edgeDefaults(isProduction);
  return {
    trustedOperations: read.choice('TRUSTED_DOCUMENTS', ['only', 'allow'], defaults.trustedOperations),
    trustedOperationsPath: read.text('TRUSTED_DOCUMENTS_PATH', defaults.trustedOperationsPath),
    docsPath: read.optional('DOCS_PATH') ?? defaults.docsPath,
    ratePerMinute: read.wholeNumber('RATE_LIMIT_PER_MINUTE', defaults.ratePerMinute, [0, 1_000_000]),
    lookupsPerMinute: read.wholeNumber(
      'PUBLIC_LOOKUPS_PER_MINUTE',
      defaults.lookupsPerMinute,
      [0, 1_000_000],
    ),
    maxInFlight: read.wholeNumber('MAX_IN_FLIGHT', defaults.maxInFlight, [1, 100_000]),
    trustedProxies: trustedProxies(read),
    corsOrigins: corsOrigins(read, defaults.corsOrigins),
  };
}

function trustedProxies(read: EnvironmentReader): readonly string[] | number {
  const given = listOf(read, 'TRUSTED_PROXIES');
  if (given.length === 1 && /^\d$/.test(given[0] ?? '')) return Number(given[0]);
  const isProxy = (part: string) => /^(loopback|linklocal|uniquelocal|[\da-f.:]+(\/\d{1,3})?)$/i.test(part);
  if (!given.every(isProxy))
    read.problem(
      'TRUSTED_PROXIES has addresses or subnets such as 10.0.0.0/8, or how many proxies there are.',
    );
  return given.filter(isProxy);
}

function corsOrigins(read: EnvironmentReader, usual: readonly string[]): readonly string[] {
  if (read.optional('CORS_ORIGINS') === null) return usual;
  const given = listOf(read, 'CORS_ORIGINS');
  if (!given.every(isOriginPattern))
    read.problem(
      'CORS_ORIGINS has origins such as https://portale.example.it, without a path; http://localhost:* is any port.',
    );
  if (read.isProduction && !given.every(isSecureAddress))
    read.problem('CORS_ORIGINS has origins that start with https: in production.');
  return given.filter(isOriginPattern);
}

function listOf(read: EnvironmentReader, name: string): readonly string[] {
  return (read.optional(name) ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
}
