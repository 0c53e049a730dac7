import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { projectFile } from '../../../core/project-root.ts';
import { emptyDatabase } from '../../support/databases.ts';
import { freePort } from '../../support/free-port.ts';
import { copyOfMigrated } from '../../support/migrated-database.ts';
import { typescript } from '../../support/typescript.ts';

// Each test starts processes, some of them several.
jest.setTimeout(120_000);

const secret = 'x'.repeat(32);

/** A port that somebody has. */
let holder: Server;
let takenPort: string;
let ownUrl: string;
let legacyUrl: string;
beforeAll(async () => {
  holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  takenPort = String((holder.address() as AddressInfo).port);
  ownUrl = await copyOfMigrated();
  legacyUrl = await emptyDatabase();
});
afterAll(() => void holder.close());

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one of our programs until it ends, or until it says that it is ready, upon which it is told to stop. */
async function run(
  program: string,
  env: Readonly<Record<string, string>>,
  { args = [], flags = [] }: { readonly args?: readonly string[]; readonly flags?: readonly string[] } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [...flags, ...typescript, projectFile(program), ...args], {
    env: { PATH: process.env.PATH, NODE_ENV: 'development', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
    if (/ pid \d/.test(stdout) && !child.killed) child.kill('SIGTERM');
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

const whole = () => ({
  PORT: '0',
  PUBLIC_URL: 'http://127.0.0.1:4000',
  OIDC_ISSUER: 'http://127.0.0.1:9',
  OIDC_AUDIENCE: 'school',
  ID_SECRET: secret,
  DOCUMENT_SECRETS: secret,
  AUDIT_SECRETS: secret,
  FILE_KEYS: `first:${Buffer.alloc(32, 1).toString('base64')}`,
  SUBGRAPH_SECRET: secret,
  DATABASE_URL: ownUrl,
  HYPERSIC_DATABASE_URL: legacyUrl,
  HYPERSIC_SOAP_URL: 'http://127.0.0.1:9/',
  HYPERSIC_SOAP_USER: 'gateway',
  HYPERSIC_SOAP_PASSWORD: 'secret',
});

const node = {
  PAGOPA_CREDITOR_CODE: '00300120169',
  PAGOPA_IBAN: 'IT60X0542811101000000123456',
  PAGOPA_CATEGORY: '9/0101002IM/',
  PAGOPA_BROKER_CODE: '00300120169',
  PAGOPA_STATION_ID: '00300120169_01',
  PAGOPA_NODE_SECRETS: secret,
};

const server = 'commands/start-server.ts';

describe('a program that cannot start says why, exits with 1 and prints nothing else', () => {
  it('on an old Node, before anything else', async () => {
    const flags = ['--require', join(projectFile('test', 'support'), 'old-node.cjs')];
    const { code, stdout, stderr } = await run(server, {}, { flags });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^Node 22\.18 or later is needed, and this is Node 20\.20\.2\. [^\n]+\n$/);
    // And so does every other program.
    const scripts = readFileSync(projectFile('package.json'), 'utf8');
    const started = [...scripts.matchAll(/\.\/town ([\w-]+)/g)].map(([, name]) =>
      existsSync(projectFile('commands', `${name}.ts`)) ? `commands/${name}` : `demo/${name}`,
    );
    const named = [...scripts.matchAll(/dist\/((?:commands|demo)\/[\w-]+)\.js/g)].map(
      ([, path]) => `${path}`,
    );
    const programs = [...new Set([...started, ...named])];
    expect(programs).toEqual(expect.arrayContaining(['commands/start-worker', 'demo/start', 'demo/token']));
    expect(programs.length).toBeGreaterThan(20);
    for (const path of programs)
      expect([path, readFileSync(projectFile(`${path}.ts`), 'utf8').split('\n')[0]]).toEqual([
        path,
        "import '../core/runtime-check.ts';",
      ]);
  });

  it.each([
    ['PORT', server, () => ({})],
    ['METRICS_PORT', 'commands/start-gateway.ts', () => ({})],
    ['PAGOPA_NODE_PORT', server, () => node],
    ['PORT', 'commands/start-gateway.ts', () => ({})],
  ] as const)('when the port of %s is taken: %s', async (variable, program, more) => {
    const { code, stdout, stderr } = await run(program, { ...whole(), ...more(), [variable]: takenPort });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(
      `${variable}: port ${takenPort} of 127.0.0.1 is taken by another program. Set ${variable} to another one.\n`,
    );
    expect(stderr).not.toContain('    at ');
  });

  it('when its address is no address of the machine', async () => {
    const { code, stderr } = await run('commands/start-gateway.ts', { PORT: '0', HOST: '192.0.2.1' });
    expect([code, stderr]).toEqual([
      1,
      'HOST: 192.0.2.1 is no address of this machine. Set HOST to one, such as 127.0.0.1 or 0.0.0.0.\n',
    ]);
  });

  it('when nothing listens where the database should be', async () => {
    const port = await freePort();
    const url = `postgres://school:tellnobody@127.0.0.1:${port}/school`;
    for (const program of ['commands/start-worker.ts', 'commands/migrate.ts']) {
      const { code, stdout, stderr } = await run(program, { ...whole(), DATABASE_URL: url });
      expect([code, stdout, stderr]).toEqual([
        1,
        '',
        `DATABASE_URL: the database at 127.0.0.1:${port} cannot be used: nothing listens there (ECONNREFUSED).\n`,
      ]);
    }
  });

  it('when the database refuses the password, or is not there', async () => {
    const wrong = new URL(ownUrl);
    wrong.password = 'tellnobody';
    const refused = await run(server, { ...whole(), DATABASE_URL: wrong.href });
    expect(refused.stderr).toMatch(
      /^DATABASE_URL: the database at \S+ cannot be used: it refuses the user or the password \(28P01\)\.\n$/,
    );
    const nowhere = ownUrl.replace(/\/\w+\?/, '/nowhere?');
    const args = ['payments'];
    const missing = await run('commands/start-subgraph.ts', { ...whole(), DATABASE_URL: nowhere }, { args });
    expect([missing.code, missing.stderr]).toEqual([
      1,
      expect.stringMatching(/it has no database of that name \(3D000\)\.\n$/),
    ]);
    expect(refused.stderr + missing.stderr).not.toContain('tellnobody');
  });

  it('when the database is not migrated, until it is', async () => {
    const empty = await emptyDatabase();
    for (const program of [server, 'commands/payments-review.ts', 'commands/audit-verify.ts']) {
      const { code, stdout, stderr } = await run(program, { ...whole(), DATABASE_URL: empty });
      expect([program, code, stdout]).toEqual([program, 1, '']);
      expect(stderr).toContain(
        'DATABASE_URL: the tables there are not those of this version. Run npm run migrate.\n',
      );
      expect(stderr).not.toContain('    at ');
    }
    const migrated = await run('commands/migrate.ts', { ...whole(), DATABASE_URL: empty });
    expect([migrated.code, migrated.stderr]).toEqual([0, '']);
    ownUrl = empty;
  });
});

const strange = { CORS_ORIGIN: 'https://secret.example.it', PAGOPA_CHECKOUT: 'x', UNRELATED: 'y' };

function expectWarnings(stderr: string): void {
  const lines = stderr.split('\n').filter((line) => line.includes('configuration.unknownVariable'));
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { level: 'warn', variable: 'CORS_ORIGIN', meant: 'CORS_ORIGINS' },
    { level: 'warn', variable: 'PAGOPA_CHECKOUT' },
  ]);
  expect(stderr).not.toContain('secret.example.it');
}

describe('a program that starts', () => {
  it('warns of variables that look like its own and are not, by name only', async () => {
    for (const program of ['commands/start-gateway.ts', 'commands/start-worker.ts']) {
      const { code, stderr } = await run(program, { ...whole(), ...strange });
      expect(code).toBe(0);
      expectWarnings(stderr);
    }
  });

  it('starts without the legacy system, and the log says which variable and host; the server warns too', async () => {
    const port = await freePort();
    const url = `postgres://reader:tellnobody@127.0.0.1:${port}/hypersic`;
    const { code, stdout, stderr } = await run(server, {
      ...whole(),
      ...strange,
      HYPERSIC_DATABASE_URL: url,
    });
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^ready /)]);
    expect(stderr).toMatch(
      new RegExp(
        `"legacy.unreachable".*HYPERSIC_DATABASE_URL: the database at 127.0.0.1:${port} cannot be used: nothing listens there`,
      ),
    );
    expect(stderr).not.toContain('tellnobody');
    expectWarnings(stderr);
  });
});
