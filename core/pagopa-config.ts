import type { EnvironmentReader } from './environment.ts';
import { usual } from './usual-values.ts';
import { ibanOf } from './values/iban.ts';
import { isElevenDigitCode } from './values/partita-iva.ts';

/** The addresses and keys of pagoPA, and the municipality's agreement with it. */
export interface PagopaConfig {
  readonly checkoutUrl: string;
  readonly gpdUrl: string;
  /** GPD's receipts, by IUV. */
  readonly gpdReceiptsUrl: string;
  /** Receipts by IUR. */
  readonly receiptsUrl: string;
  readonly keys: { readonly checkout: string; readonly gpd: string; readonly receipts: string };
  /** The longest that one operation may take, all its calls together. */
  readonly timeoutMs: number;
  readonly terms: PagopaTerms;
}

/** The municipality's agreement with pagoPA, the same for every debt. */
export interface PagopaTerms {
  /** Codice fiscale of the municipality. */
  readonly creditor: string;
  readonly iban: string;
  /** The taxonomy's code of what is paid. Shape: `9/0101002IM/`. */
  readonly category: string;
  /** Codice di segregazione of the notices that our own station answers for. Shape: `00` to `49`. */
  readonly segregationCode: string;
  /** That of the positions held at GPD. */
  readonly gpdSegregationCode: string;
}

/** The pagoPA listener: its address, its data, and the callers that it accepts. */
export interface ListenerConfig {
  readonly port: number;
  readonly host: string;
  readonly creditor: string;
  readonly iban: string;
  readonly category: string;
  readonly brokerCode: string;
  readonly stationId: string;
  /** The accepted secrets; empty if callers are identified by certificates only. */
  readonly secrets: readonly string[];
  readonly tls: ListenerTlsConfig | null;
}

/** Paths of PEM files. */
export interface ListenerTlsConfig {
  readonly certificate: string;
  readonly key: string;
  /** The authority that signs callers' certificates; null if callers need none. */
  readonly clientCa: string | null;
  /** The only name accepted in a caller's certificate; null: any that the authority signed. */
  readonly clientName: string | null;
}

/** Null where it is not configured: nothing can be paid, and everything else works. */
export function readPagopaConfig(read: EnvironmentReader): PagopaConfig | null {
  if (read.optional('PAGOPA_CHECKOUT_URL') === null) return null;
  const url = (name: string) => read.secureUrl(name, null);
  const segregationCode = segregationCodeOf(read, 'PAGOPA_SEGREGATION_CODE');
  const gpdSegregationCode = segregationCodeOf(read, 'PAGOPA_GPD_SEGREGATION_CODE');
  if (segregationCode !== '' && segregationCode === gpdSegregationCode)
    read.problem('PAGOPA_GPD_SEGREGATION_CODE is another code than PAGOPA_SEGREGATION_CODE.');
  return {
    checkoutUrl: url('PAGOPA_CHECKOUT_URL'),
    gpdUrl: url('PAGOPA_GPD_URL'),
    gpdReceiptsUrl: url('PAGOPA_GPD_RECEIPTS_URL'),
    receiptsUrl: url('PAGOPA_RECEIPTS_URL'),
    keys: subscriptionKeys(read),
    timeoutMs: read.wholeNumber('PAGOPA_TIMEOUT_MS', usual.PAGOPA_TIMEOUT_MS, [100, 30_000]),
    terms: {
      creditor: creditorCode(read),
      iban: creditorIban(read),
      category: categoryOf(read),
      segregationCode,
      gpdSegregationCode,
    },
  };
}

/** Null if callers could not be authenticated: then the listener does not open. */
export function readListenerConfig(read: EnvironmentReader): ListenerConfig | null {
  const secrets = (read.optional('PAGOPA_NODE_SECRETS') ?? '')
    .split(',')
    .map((secret) => secret.trim())
    .filter(Boolean);
  const clientCa = read.optional('PAGOPA_NODE_CLIENT_CA');
  if (secrets.length === 0 && clientCa === null) return null;
  if (secrets.some((secret) => secret.length < 32))
    read.problem('PAGOPA_NODE_SECRETS has at least 32 characters each.');
  return {
    port: read.wholeNumber('PAGOPA_NODE_PORT', usual.PAGOPA_NODE_PORT, [0, 65_535]),
    host: read.text('PAGOPA_NODE_HOST', usual.PAGOPA_NODE_HOST),
    creditor: creditorCode(read),
    iban: creditorIban(read),
    category: categoryOf(read),
    brokerCode: read.required('PAGOPA_BROKER_CODE'),
    stationId: read.required('PAGOPA_STATION_ID'),
    secrets,
    tls: tlsConfig(read, clientCa),
  };
}

function tlsConfig(read: EnvironmentReader, clientCa: string | null): ListenerTlsConfig | null {
  if (clientCa === null && read.optional('PAGOPA_NODE_CERTIFICATE') === null) return null;
  return {
    certificate: read.required('PAGOPA_NODE_CERTIFICATE'),
    key: read.required('PAGOPA_NODE_KEY'),
    clientCa,
    clientName: read.optional('PAGOPA_NODE_CLIENT_NAME'),
  };
}

/** One for all, or those of Checkout, GPD and receipts with commas. */
function subscriptionKeys(read: EnvironmentReader): PagopaConfig['keys'] {
  const keys = read
    .required('PAGOPA_SUBSCRIPTION_KEYS')
    .split(',')
    .map((key) => key.trim());
  if (keys.length !== 1 && keys.length !== 3)
    read.problem('PAGOPA_SUBSCRIPTION_KEYS has one key, or three with commas: Checkout, GPD, receipts.');
  const [checkout = '', gpd = checkout, receipts = checkout] = keys;
  return { checkout, gpd, receipts };
}

function creditorCode(read: EnvironmentReader): string {
  const code = read.required('PAGOPA_CREDITOR_CODE');
  if (code !== '' && !isElevenDigitCode(code))
    read.problem('PAGOPA_CREDITOR_CODE is the codice fiscale of the municipality, 11 digits.');
  return code;
}

// Source: SACI, facts of pagoPA §2.1: 00 to 49 are for bodies.
const segregationCodeOf = (read: EnvironmentReader, name: string) =>
  matching(read, name, /^[0-4]\d$/, 'two digits, 00 to 49');

function creditorIban(read: EnvironmentReader): string {
  const value = read.required('PAGOPA_IBAN');
  if (value !== '' && !(ibanOf(value) === value && value.startsWith('IT')))
    read.problem('PAGOPA_IBAN is a valid Italian IBAN without blanks.');
  return value;
}

// The municipality chooses among the published codes: only the form is checked here.
const categoryOf = (read: EnvironmentReader) =>
  matching(read, 'PAGOPA_CATEGORY', /^\d\/\d{7}(IM|TS|SP|SA|AP)\/$/, 'like 9/0101002IM/');

function matching(read: EnvironmentReader, name: string, shape: RegExp, what: string): string {
  const value = read.required(name);
  if (value !== '' && !shape.test(value)) read.problem(`${name} is ${what}.`);
  return value;
}
