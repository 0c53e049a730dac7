import { edgeVariables } from './edge-config.ts';
import { retentionVariables, usualPeriods } from './retention-config.ts';
import { usual, withUsual } from './usual-values.ts';

// Descriptions of the environment variables, the vendor's own aside (legacy/<vendor>/config.ts).
// .env.example has the same names in the same order.

/** What each variable means, in the order of .env.example; the vendor's follow there. */
export const variables = withUsual(
  {
    NODE_ENV:
      '`development`: any operation, introspection and addresses without https; anything else is production',
    PORT: 'port of the gateway or of a subgraph that runs alone',
    HOST: 'address it listens on',
    SERVER_PROCESSES: 'processes of a gateway that share its ports, each with the next METRICS_PORT',
    HEALTH_PORT: "port of a worker's or a lone subgraph's /health, of its own and not public; off",
    STOP_DELAY_SECONDS:
      'after a signal to stop, how long a gateway or subgraph still answers while /health/serving says 503',
    LOG_LEVEL: 'events below it are not written: `info`, `warn` or `error`',
    PUBLIC_URL: 'where clients reach the gateway: documents have absolute addresses; http://127.0.0.1:<PORT>',
    DATA_DIR: 'folder of the demo',
    DEMO_IDENTITY_PORT: "port of the demo's OpenID provider",
    DEMO_PAGOPA_PORT: "port of the demo's pagoPA",
    DEMO_PAGOPA_CHAOS: "faults of the demo's pagoPA, as docs/demo-town.md lists them; none",
    DEMO_PORTAL_PORT: 'port of the portal of the demo, or a free one when that is taken',
    DATABASE_URL:
      "our own Postgres: as the tables' owner for npm run migrate, as the role below for everything else",
    DATABASE_SERVICE_ROLE:
      'role that our programs connect as: npm run migrate lets it read and write, and only add to the audit trail; none',
    OIDC_ISSUER:
      'issuer of tokens, as their `iss` has it; outside production every caller is anonymous without one',
    OIDC_AUDIENCE: 'audience of tokens, as their `aud` has it',
    OIDC_TOKEN_MAX_MINUTES: 'longest life of a token, from its `iat` to its `exp`; a longer one is refused',
    ID_SECRET:
      'makes opaque ids of persons; several with commas, the first makes, ids of all are accepted. At least 32 characters each',
    DOCUMENT_SECRETS:
      'encrypt addresses of documents; several with commas, the first signs. At least 32 characters each',
    AUDIT_SECRETS:
      'hash the audit trail; several with commas, the first hashes, all verify. At least 32 characters each',
    FILE_KEYS:
      'encrypt stored files and secrets of webhooks: 2026-11:<32 bytes in base64>, several with commas, the first encrypts, all decrypt',
    ...retentionVariables,
    PAYMENT_RETURN_ORIGINS:
      "origins that payers may be sent back to, with commas; http://localhost:* is any port. PUBLIC_URL's own",
    PAYMENT_LOCK_MINUTES: 'how long a session is open, and pagoPA collects what it activated',
    PAYMENT_SPONTANEOUS_DAYS: 'until when a spontaneous payment is to be paid; a week later it is withdrawn',
    PAYMENT_HIGHEST_EUROS:
      'the highest spontaneous payment in whole euros, and those of single kinds by code: 10000,MENSA=2000',
    SUBGRAPH_TRANSPORT: '`in-process` or `http`',
    SUBGRAPH_SECRET:
      "the gateway's credential at subgraphs that run alone; several with commas, the gateway sends the first, subgraphs accept all. At least 32 characters each",
    SUPERGRAPH_PATH: 'the supergraph that a gateway alone serves',
    REQUEST_BUDGET_MS: 'how long one request may take, all calls together',
    ...edgeVariables,
    METRICS_PORT: 'port of Prometheus metrics, of its own and not public; off',
    OTEL_EXPORTER_OTLP_ENDPOINT:
      'address that traces are sent to, OTLP over HTTP, like http://collector:4318; off',
    PAGOPA_CHECKOUT_URL:
      'pagoPA Checkout for creditors, ending with /checkout/ec/v1; without one nothing can be paid',
    PAGOPA_GPD_URL: 'debt positions at pagoPA, ending with /gpd/debt-positions-service/v1',
    PAGOPA_GPD_RECEIPTS_URL: 'their receipts by IUV, ending with /gpd/payments-receipts-service/v1',
    PAGOPA_RECEIPTS_URL: 'receipts by IUR, ending with /bizevents/service/v1',
    PAGOPA_SUBSCRIPTION_KEYS: 'one key for all of them, or three with commas: Checkout, GPD, receipts',
    PAGOPA_TIMEOUT_MS: 'longest wait for pagoPA',
    PAGOPA_CREDITOR_CODE: 'codice fiscale of the municipality, 11 digits',
    PAGOPA_IBAN: 'IBAN that payments go to, as registered with pagoPA',
    PAGOPA_CATEGORY: "the taxonomy's code of what is paid, like 9/0101002IM/",
    PAGOPA_SEGREGATION_CODE: 'first two digits of IUVs that our own station answers for, 00 to 49',
    PAGOPA_GPD_SEGREGATION_CODE: 'those of the IUVs of positions held at GPD, 00 to 49',
    PAGOPA_BROKER_CODE: "codice fiscale of the station's broker, often the municipality's own",
    PAGOPA_STATION_ID: 'id of our station at pagoPA, like 00300120169_01',
    PAGOPA_NODE_PORT: 'port on which pagoPA calls this service',
    PAGOPA_NODE_HOST: 'address of that listener',
    PAGOPA_NODE_SECRETS:
      'secrets that calls bring in x-node-secret, with commas; at least 32 characters each. Without one and without a client CA the listener does not open',
    PAGOPA_NODE_CLIENT_CA: 'PEM file of the authority that signs certificates of callers',
    PAGOPA_NODE_CLIENT_NAME: 'the one name that such a certificate may have; any when empty',
    PAGOPA_NODE_CERTIFICATE: "PEM file of the listener's own certificate; plain HTTP when empty",
    PAGOPA_NODE_KEY: 'PEM file of its key',
    PAGOPA_CBILL_CODE: "the municipality's code at CBILL, printed on payment notices; none",
    PAGOPA_POSTAL_ACCOUNT:
      'number of the postal account, at most 12 digits: notices then hold a bollettino postale; none',
    PAGOPA_POSTAL_AUTHORISATION: "Poste's authorisation to print it, as they wrote it",
  },
  { ...usual, ...usualPeriods },
);
