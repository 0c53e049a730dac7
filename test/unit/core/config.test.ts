import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  readDemoConfig,
  readGatewayConfig,
  readServerConfig,
  readSubgraphConfig,
  variables,
} from '../../../core/config.ts';
import { edgeDefaults } from '../../../core/edge-config.ts';
import { createEnvironmentReader } from '../../../core/environment.ts';
import { projectFile } from '../../../core/project-root.ts';
import { demoHypersicVariables, readDemoHypersicConfig } from '../../../demo/hypersic/config.ts';

import { legacyVariables, readLegacyConfig } from '../../../legacy/open-legacy.ts';

const secret = 'x'.repeat(32);

describe('the configuration', () => {
  it('has the same variables, in the same order and with the same words, as .env.example', () => {
    const example = readFileSync(projectFile('.env.example'), 'utf8');
    const written = [...example.matchAll(/^# (.+)\n([A-Z_]+)=$/gm)].map(([, text, name]) => [name, text]);
    expect(written).toEqual(Object.entries({ ...variables, ...legacyVariables, ...demoHypersicVariables }));
  });

  it('chooses the vendor of the legacy system', () => {
    expect(() =>
      readServerConfig({ NODE_ENV: 'production', LEGACY_VENDOR: 'another' }, readLegacyConfig),
    ).toThrow('LEGACY_VENDOR is one of hypersic.');
  });

  it('has hyperSIC’s usual values where nothing else is said', () => {
    const env = {
      HYPERSIC_DATABASE_URL: 'postgres://town.test/hypersic',
      HYPERSIC_SOAP_URL: 'https://town.test/wsprotocollo',
      HYPERSIC_SOAP_USER: 'user',
      HYPERSIC_SOAP_PASSWORD: 'password',
    };
    const read = createEnvironmentReader(env);
    expect(read.finish(readLegacyConfig(read))).toMatchObject({
      poolSize: 16,
      protocolRegister: {
        timeoutMs: 60_000,
        settleMs: 180_000,
        culture: { date: 'dd/MM/yyyy', time: 'H.mm.ss' },
        classification: null,
        office: null,
      },
    });
  });

  it('tells everything that production lacks at once', () => {
    const production = { NODE_ENV: 'production', PORT: '70000', ID_SECRET: 'short' };
    const read = () => readServerConfig(production, readLegacyConfig);
    for (const name of [
      'PUBLIC_URL',
      'OIDC_ISSUER',
      'OIDC_AUDIENCE',
      'DATABASE_URL',
      'DOCUMENT_SECRETS',
      'AUDIT_SECRETS',
      'FILE_KEYS',
      'HYPERSIC_DATABASE_URL',
      'HYPERSIC_SOAP_URL',
      'HYPERSIC_SOAP_USER',
      'HYPERSIC_SOAP_PASSWORD',
    ]) {
      expect(read).toThrow(`${name} is missing.`);
    }
    expect(read).toThrow('PORT is a whole number from 0 to 65535.');
    expect(read).toThrow('ID_SECRET has at least 32 characters.');
  });

  it('never repeats a value, which may be a secret', () => {
    const read = () =>
      readServerConfig(
        { NODE_ENV: 'production', DATABASE_URL: 'postgres//pass word', ID_SECRET: 'tellme' },
        readLegacyConfig,
      );
    expect(read).toThrow('DATABASE_URL is an absolute address');
    expect(read).not.toThrow(/tellme|pass word/);
  });

  it('is complete with what is required', () => {
    const { gateway, services } = readServerConfig(
      {
        NODE_ENV: 'production',
        PUBLIC_URL: 'https://servizi.example.it/',
        OIDC_ISSUER: 'https://login.example.it',
        OIDC_AUDIENCE: 'school',
        ID_SECRET: secret,
        DATABASE_URL: 'postgres://localhost/own',
        HYPERSIC_DATABASE_URL: 'postgres://localhost/hypersic',
        HYPERSIC_SOAP_URL: 'https://hypersic.example.it/wsprotocollo/serviceprotocollo.asmx',
        HYPERSIC_SOAP_USER: 'gateway',
        HYPERSIC_SOAP_PASSWORD: 'secret',
        DOCUMENT_SECRETS: `${secret},${secret}y`,
        AUDIT_SECRETS: `${secret}z, ${secret}`,
        FILE_KEYS: `2026-11:${Buffer.alloc(32, 1).toString('base64')}`,
      },
      readLegacyConfig,
    );
    expect(gateway).toMatchObject({
      port: 4000,
      host: '127.0.0.1',
      isProduction: true,
      transport: 'in-process',
      requestBudgetMs: 5000,
    });
    expect(services).toMatchObject({
      publicUrl: 'https://servizi.example.it',
      documentSecrets: [secret, `${secret}y`],
      auditSecrets: [`${secret}z`, secret],
    });
  });

  it('lets pages of this machine and Sandbox call the API in development, and those listed in production', () => {
    const origins = (env: Record<string, string>) =>
      readGatewayConfig({ NODE_ENV: 'development', ...env }).edge.corsOrigins;
    expect(origins({})).toEqual([
      'http://localhost:*',
      'http://127.0.0.1:*',
      'https://studio.apollographql.com',
    ]);
    expect(edgeDefaults(true).corsOrigins).toEqual([]);
    const listed = ['https://portale.example.it', 'http://localhost:*', 'http://127.0.0.1:8080'];
    expect(origins({ CORS_ORIGINS: listed.join(', ') })).toEqual(listed);
    for (const wrong of [
      '*',
      'https://*.example.it',
      'https://example.it:*',
      'https://a.it/',
      'localhost',
      'null',
    ])
      expect(() => origins({ CORS_ORIGINS: wrong })).toThrow('CORS_ORIGINS has origins such as');
  });

  it('refuses http in production wherever secrets or personal data travel, and each at once', () => {
    const http = {
      NODE_ENV: 'production',
      PUBLIC_URL: 'http://servizi.example.it',
      OIDC_ISSUER: 'http://login.example.it',
      HYPERSIC_SOAP_URL: 'http://10.0.0.7/wsprotocollo/serviceprotocollo.asmx',
      PAYMENT_RETURN_ORIGINS: 'https://a.example.it,http://b.example.it',
      CORS_ORIGINS: 'http://portale.example.it',
      PAGOPA_CHECKOUT_URL: 'http://api.example.it',
      PAGOPA_GPD_URL: 'http://api.example.it',
      PAGOPA_GPD_RECEIPTS_URL: 'http://api.example.it',
      PAGOPA_RECEIPTS_URL: 'http://api.example.it',
    };
    const read = (env: Record<string, string>) => () => readServerConfig(env, readLegacyConfig);
    for (const [name, value] of Object.entries(http)) {
      if (name === 'NODE_ENV') continue;
      const sentence = new RegExp(`${name} (has origins that start|starts) with https: in production\\.`);
      expect(read(http)).toThrow(sentence);
      expect(read({ ...http, NODE_ENV: 'development' })).not.toThrow(sentence);
      const own = value.replace(/http:\/\/[^/,]+/, 'http://127.0.0.1:8080');
      expect(read({ ...http, [name]: own })).not.toThrow(sentence);
    }
  });

  it.each([
    undefined,
    '',
    ' ',
    'production',
    'Production',
    'PRODUCTION ',
    'prod',
    'staging',
    'test',
    'develop',
    'developmentt',
    '"development"',
  ])('is that of production with NODE_ENV=%j: nothing is missing, and nothing is open', (name) => {
    const env = name === undefined ? {} : { NODE_ENV: name };
    expect(() => readGatewayConfig(env)).toThrow('OIDC_ISSUER is missing.');
    expect(() => readServerConfig(env, readLegacyConfig)).toThrow('DATABASE_URL is missing.');
    expect(() => readSubgraphConfig(env, readLegacyConfig, 4001)).toThrow('SUBGRAPH_SECRET is missing.');
    const complete = {
      PUBLIC_URL: 'https://servizi.example.it',
      OIDC_ISSUER: 'https://login.example.it',
      OIDC_AUDIENCE: 'school',
      ID_SECRET: secret,
    };
    expect(readGatewayConfig({ ...complete, ...env })).toMatchObject({
      isProduction: true,
      edge: { trustedOperations: 'only', ratePerMinute: 600, corsOrigins: [] },
    });
  });

  it('is that of development when that is asked for by name', () => {
    for (const name of ['development', 'Development', ' development '])
      expect(readGatewayConfig({ NODE_ENV: name })).toMatchObject({ isProduction: false, identity: null });
    expect(() => readGatewayConfig({})).toThrow('With NODE_ENV=development less is wanted.');
    expect(() => readGatewayConfig({ NODE_ENV: 'production' })).not.toThrow(/NODE_ENV/);
    expect(readDemoConfig({}, readDemoHypersicConfig).isProduction).toBe(false);
  });

  it('lets a gateway in development start without anything, for anonymous callers', () => {
    const development = { NODE_ENV: 'development' };
    expect(readGatewayConfig(development)).toMatchObject({ identity: null, port: 4000, isProduction: false });
    const { subgraphUrl } = readGatewayConfig({
      ...development,
      SUBGRAPH_URL_SCHOOL_BILLING: 'http://10.0.0.7:4003/graphql',
    });
    expect([subgraphUrl('school-billing'), subgraphUrl('payments')]).toEqual([
      'http://10.0.0.7:4003/graphql',
      null,
    ]);
  });

  it('refuses to run the demo in production', () => {
    expect(() => readDemoConfig({ NODE_ENV: 'production' }, readDemoHypersicConfig)).toThrow(
      'npm run start:server',
    );
  });
});
