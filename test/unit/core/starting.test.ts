import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { isSecureAddress } from '../../../core/environment.ts';
import { toPublicError } from '../../../core/errors.ts';
import { projectFile } from '../../../core/project-root.ts';
import {
  databaseProblem,
  isDatabaseGone,
  wantsMigration,
} from '../../../core/resilience/database-problem.ts';
import { runtimeProblem } from '../../../core/runtime-check.ts';
import { unknownVariables } from '../../../core/unknown-variables.ts';

describe('the runtime', () => {
  it.each(['22.18.0', '22.19.1', '23.0.0', '24.21.0', '100.1.0'])('may be Node %s', (version) => {
    expect(runtimeProblem(version, '>=22.18')).toBeNull();
  });

  it.each(['22.17.9', '22.2.0', '20.20.2', '18.20.8', '16.20.2', '9.99.0'])(
    'may not be Node %s',
    (version) => {
      expect(runtimeProblem(version, '>=22.18')).toContain(
        `Node 22.18 or later is needed, and this is Node ${version}.`,
      );
    },
  );

  it('is looked at by every program before it imports anything else', () => {
    const programs = ['commands', 'demo'].flatMap((folder) =>
      readdirSync(projectFile(folder), { recursive: true, encoding: 'utf8' })
        .map((name) => `${folder}/${name}`)
        .filter((name) => name.endsWith('.ts'))
        .map((name) => [name, readFileSync(projectFile(name), 'utf8')] as const)
        .filter(([, text]) => /^await (runMain|runCommand|printReport)\(/m.test(text)),
    );
    expect(programs.length).toBeGreaterThan(12);
    const others = programs.filter(([, text]) => !text.startsWith("import '../core/runtime-check.ts';\n"));
    expect(others.map(([name]) => name)).toEqual([]);
  });

  it('stays where development is pruned away, and a build is enough for every command of an operator', () => {
    const { dependencies, devDependencies, scripts } = JSON.parse(
      readFileSync(projectFile('package.json'), 'utf8'),
    ) as Record<string, Record<string, string>>;
    expect([dependencies?.node, devDependencies?.node]).toEqual([
      expect.stringMatching(/^\^2[4-9]\./),
      undefined,
    ]);
    const operators = Object.entries(scripts ?? {}).filter(([, text]) => text.includes('./town'));
    expect(operators.length).toBeGreaterThan(25);
    for (const [name, text] of operators) {
      const [, program = ''] = /^exec \.\/town ([a-z-]+)$/.exec(text) ?? [];
      const files = [`commands/${program}.ts`, `demo/${program}.ts`];
      expect([name, files.some((file) => existsSync(projectFile(file)))]).toEqual([name, true]);
    }
    expect(
      Object.values(scripts ?? {}).filter((text) => /node dist\/commands\/(?!schema)/.test(text)),
    ).toEqual([]);
  });

  it('starts each command by ./town, without a build where one is there', () => {
    const root = mkdtempSync(join(tmpdir(), 'town-'));
    try {
      mkdirSync(join(root, 'dist', 'commands'), { recursive: true });
      cpSync(projectFile('town'), join(root, 'town'));
      writeFileSync(
        join(root, 'dist', 'commands', 'some-command.js'),
        'console.log(process.argv.slice(2).join("|"))',
      );
      const town = (...args: readonly string[]) =>
        spawnSync(join(root, 'town'), args, { encoding: 'utf8', cwd: tmpdir() });
      expect(town('some-command', 'a b', '--c').stdout).toBe('a b|--c\n');
      for (const unknown of [[], ['another'], ['../some-command']]) {
        const { status, stderr } = town(...unknown);
        expect([status, stderr]).toEqual([1, expect.stringMatching(/^There is no command '/)]);
      }
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});

describe('a database that refuses', () => {
  const failed = (code: string, message = 'x') => Object.assign(new Error(message), { code });
  it.each([
    ['postgres://u:pw@db.example.it/own', failed('ENOTFOUND'), 'db.example.it:5432', 'no host of that name'],
    [
      'postgres://u:pw@10.0.0.7:6543/own',
      failed('28000'),
      '10.0.0.7:6543',
      'refuses the user, or this machine',
    ],
    ['postgres://u:pw@[::1]:5433/own', failed('57P03'), '[::1]:5433', 'starting or stopping'],
    [
      'postgres://u:pw@localhost/own?host=/run/postgresql',
      failed('ENOENT'),
      '/run/postgresql:5432',
      'no such socket',
    ],
    ['postgres:///own', failed('53300'), 'localhost:5432', 'no connection left'],
    ['postgres://db/own', new Error('timeout expired'), 'db:5432', 'does not answer in time'],
    ['postgres://db/own', failed('DEPTH_ZERO_SELF_SIGNED_CERT'), 'db:5432', 'NODE_EXTRA_CA_CERTS'],
    ['postgres://db/own', new Error('something else'), 'db:5432', 'something else'],
  ])('is named by variable, host and reason: %s', (url, error, host, reason) => {
    const { message } = databaseProblem('DATABASE_URL', url, error);
    expect(message).toMatch(/^DATABASE_URL: the database at .* cannot be used: .*\.$/);
    expect(message).toContain(host);
    expect(message).toContain(reason);
    expect(message).not.toContain('pw');
  });

  it('is gone when it refuses or ends a session, and callers are not shown an internal error', () => {
    const gone = [
      ...['57P01', '57P02', '57P03', '08006', 'ECONNRESET', 'EPIPE'].map((code) => failed(code)),
      Object.assign(failed('ENOENT'), { syscall: 'connect' }),
      new Error('Connection terminated unexpectedly'),
      new Error('Client has encountered a connection error and is not queryable'),
      new Error('Client was closed and is not queryable'),
      Object.assign(new Error('x'), { driverError: failed('57P01') }),
    ];
    for (const error of gone) {
      expect([error, isDatabaseGone(error)]).toEqual([error, true]);
      expect(toPublicError(error).extensions.code).toBe('SUBGRAPH_UNAVAILABLE');
    }
    for (const error of [failed('ENOENT'), failed('23505'), failed('57014'), new Error('x'), null, undefined])
      expect([error, isDatabaseGone(error)]).toEqual([error, false]);
  });

  it('wants a migration when a table, column or schema is missing, and for nothing else', () => {
    const asked = ['42P01', '42703', '3F000', '42501', '23505', undefined].map((code) =>
      wantsMigration({ code }),
    );
    expect(asked).toEqual([true, true, true, false, false, false]);
    expect(wantsMigration({ driverError: { code: '42P01' } })).toBe(true);
  });
});

describe('variables that look like ours', () => {
  const known = [
    'PORT',
    'HOST',
    'CORS_ORIGINS',
    'DATABASE_URL',
    'PAGOPA_CHECKOUT_URL',
    'OIDC_ISSUER',
    'NODE_ENV',
  ];
  const found = (...names: readonly string[]) =>
    unknownVariables(Object.fromEntries(names.map((name) => [name, 'x'])), known).map(
      ({ variable, meant }) => [variable, meant],
    );

  it('are found by one or two letters, or by their first word', () => {
    expect(
      found('CORS_ORIGIN', 'DATABASE_URI', 'cors_origins', 'OIDC_ISUER', 'PAGOPA_CHECKOUT', 'OIDC_CLIENT'),
    ).toEqual([
      ['CORS_ORIGIN', 'CORS_ORIGINS'],
      ['DATABASE_URI', 'DATABASE_URL'],
      ['cors_origins', 'CORS_ORIGINS'],
      ['OIDC_ISUER', 'OIDC_ISSUER'],
      ['PAGOPA_CHECKOUT', null],
      ['OIDC_CLIENT', null],
    ]);
  });

  it('are not those that are ours, or of the system, npm, containers and Kubernetes', () => {
    expect(
      found(
        ...known,
        'SUBGRAPH_URL_SCHOOL_BILLING',
        'PATH',
        'HOSTNAME',
        'NODE_OPTIONS',
        'NODE_VERSION',
        'npm_config_cache',
        'OTEL_SERVICE_NAME',
        'PAGOPA_SERVICE_HOST',
        'PAGOPA_PORT_4005_TCP_ADDR',
        'DATABASE_PORT',
        'PWD',
        'POST',
      ),
    ).toEqual([]);
  });
});

describe('an address over which secrets travel', () => {
  it.each([
    ['https://login.example.it', true],
    ['http://login.example.it', false],
    ['http://10.0.0.7:8080/x', false],
    ['http://127.0.0.1:4010', true],
    ['http://localhost:4010', true],
    ['http://[::1]:4010', true],
    ['http://localhost.example.it', false],
    ['http://127.0.0.1.example.it', false],
  ])('%s: %s', (address, isSecure) => {
    expect(isSecureAddress(address)).toBe(isSecure);
  });
});
