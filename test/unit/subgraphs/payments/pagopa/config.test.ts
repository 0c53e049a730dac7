import { describe, expect, it } from '@jest/globals';
import { createEnvironmentReader } from '../../../../../core/environment.ts';
import { readListenerConfig, readPagopaConfig } from '../../../../../core/pagopa-config.ts';

const body = {
  PAGOPA_CREDITOR_CODE: '00300120169',
  PAGOPA_IBAN: 'IT60X0542811101000000123456',
  PAGOPA_CATEGORY: '9/0101002IM/',
};
const pagopa = {
  ...body,
  NODE_ENV: 'production',
  PAGOPA_CHECKOUT_URL: 'https://api.platform.pagopa.it/checkout/ec/v1/',
  PAGOPA_GPD_URL: 'https://api.platform.pagopa.it/gpd/debt-positions-service/v1',
  PAGOPA_GPD_RECEIPTS_URL: 'https://api.platform.pagopa.it/gpd/payments-receipts-service/v1',
  PAGOPA_RECEIPTS_URL: 'https://api.platform.pagopa.it/bizevents/service/v1',
  PAGOPA_SUBSCRIPTION_KEYS: 'a, b, c',
  PAGOPA_SEGREGATION_CODE: '01',
  PAGOPA_GPD_SEGREGATION_CODE: '02',
};
const node = { ...body, PAGOPA_BROKER_CODE: '00300120169', PAGOPA_STATION_ID: '00300120169_01' };

function problemsOf(
  read: typeof readPagopaConfig | typeof readListenerConfig,
  env: Record<string, string>,
): string {
  const reader = createEnvironmentReader(env);
  read(reader);
  try {
    reader.finish(null);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('the configuration of pagoPA', () => {
  it('is none without an address of Checkout', () => {
    expect(readPagopaConfig(createEnvironmentReader(body))).toBeNull();
  });

  it('is whole', () => {
    const reader = createEnvironmentReader(pagopa);
    expect(reader.finish(readPagopaConfig(reader))).toMatchObject({
      checkoutUrl: 'https://api.platform.pagopa.it/checkout/ec/v1',
      keys: { checkout: 'a', gpd: 'b', receipts: 'c' },
      timeoutMs: 3_000,
      terms: { segregationCode: '01', gpdSegregationCode: '02' },
    });
  });

  it.each([
    [{ PAGOPA_GPD_URL: 'http://api.platform.pagopa.it' }, 'PAGOPA_GPD_URL starts with https: in production.'],
    [{ PAGOPA_GPD_SEGREGATION_CODE: '01' }, 'is another code than PAGOPA_SEGREGATION_CODE.'],
    [{ PAGOPA_SEGREGATION_CODE: '50' }, 'PAGOPA_SEGREGATION_CODE is two digits, 00 to 49.'],
    [
      { PAGOPA_CREDITOR_CODE: '00300120160' },
      'PAGOPA_CREDITOR_CODE is the codice fiscale of the municipality',
    ],
    [{ PAGOPA_IBAN: 'IT60 X054' }, 'PAGOPA_IBAN is a valid Italian IBAN without blanks.'],
    [{ PAGOPA_IBAN: 'IT61X0542811101000000123456' }, 'PAGOPA_IBAN is a valid Italian IBAN'],
    [{ PAGOPA_IBAN: 'DE89370400440532013000' }, 'PAGOPA_IBAN is a valid Italian IBAN'],
    [{ PAGOPA_CATEGORY: 'mensa' }, 'PAGOPA_CATEGORY is like 9/0101002IM/.'],
    [{ PAGOPA_SUBSCRIPTION_KEYS: 'a,b' }, 'PAGOPA_SUBSCRIPTION_KEYS has one key, or three'],
    [{ PAGOPA_RECEIPTS_URL: '' }, 'PAGOPA_RECEIPTS_URL is missing.'],
  ])('tells what is wrong: %j', (change, sentence) => {
    expect(problemsOf(readPagopaConfig, { ...pagopa, ...change })).toContain(sentence);
  });
});

describe("the configuration of its node's listener", () => {
  it('is none where callers could not be told from anybody', () => {
    expect(readListenerConfig(createEnvironmentReader(node))).toBeNull();
  });

  it('has a secret, or certificates', () => {
    const withSecret = createEnvironmentReader({ ...node, PAGOPA_NODE_SECRETS: 's'.repeat(32) });
    expect(withSecret.finish(readListenerConfig(withSecret))).toMatchObject({ port: 4005, tls: null });
    const certificates = {
      PAGOPA_NODE_CLIENT_CA: '/ca.pem',
      PAGOPA_NODE_CERTIFICATE: '/cert.pem',
      PAGOPA_NODE_KEY: '/key.pem',
    };
    const withCa = createEnvironmentReader({ ...node, ...certificates });
    expect(withCa.finish(readListenerConfig(withCa))).toMatchObject({
      secrets: [],
      tls: { clientCa: '/ca.pem', clientName: null },
    });
  });

  it.each([
    [{ PAGOPA_NODE_SECRETS: 'short' }, 'PAGOPA_NODE_SECRETS has at least 32 characters each.'],
    [{ PAGOPA_NODE_CLIENT_CA: '/ca.pem' }, 'PAGOPA_NODE_CERTIFICATE is missing.'],
    [{ PAGOPA_NODE_SECRETS: 's'.repeat(32), PAGOPA_STATION_ID: '' }, 'PAGOPA_STATION_ID is missing.'],
  ])('tells what is wrong: %j', (change, sentence) => {
    expect(problemsOf(readListenerConfig, { ...node, ...change })).toContain(sentence);
  });
});
