import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../core/clock.ts';
import { silentLog } from '../../core/log.ts';
import { projectFile } from '../../core/project-root.ts';
import { type DemoHypersic, openHypersic } from '../../demo/hypersic/open-hypersic.ts';
import { fetchDemoToken } from '../../demo/identity/fetch-token.ts';
import { startIdentityProvider } from '../../demo/identity/provider.ts';
import { openPagopa } from '../../demo/pagopa/open-pagopa.ts';
import type { PagopaStandIn } from '../../demo/pagopa/start-pagopa.ts';
import { demoSecrets } from '../../demo/secrets.ts';
import { findResident } from '../../demo/town/find-resident.ts';
import { townEnvironment } from '../../demo/town-environment.ts';
import { testFileKeyText } from './file-keys.ts';
import { freePort } from './free-port.ts';
import { typescript } from './typescript.ts';

export type Program = 'server' | 'worker' | 'gateway' | 'subgraph';

/** Where programs come from. */
export interface Version {
  readonly folder: string;
  /** Node's arguments. Shape: `['dist/commands/start-server.js']`. */
  argumentsOf(program: Program): readonly string[];
}

/** As tests run them, without a build. */
const sources: Version = {
  folder: projectFile(),
  argumentsOf: (program) => [...typescript, projectFile('commands', `start-${program}.ts`)],
};

export const builtVersion: Version = {
  folder: projectFile(),
  argumentsOf: (program) => [projectFile('dist', 'commands', `start-${program}.js`)],
};

interface StartOptions {
  readonly version?: Version;
  /** Shape: `['payments']` for a subgraph. */
  readonly args?: readonly string[];
}

/** One of our programs in a process of its own, as an operator starts it. */
export interface TownProcess {
  readonly process: ChildProcess;
  /** Where the server answers; empty for a worker. */
  readonly url: string;
  readonly exited: Promise<number | null>;
  /** What it wrote to stderr. */
  log(): string;
}

/** Where drills keep what every process logs, dead ones too: a folder. */
const logsFolder = process.env.DRILL_LOGS ?? '';

/** The systems around our programs: a legacy system, an identity provider and pagoPA, in the test's own process. */
export interface Surroundings {
  /** The variables with which programs join this town. */
  readonly environment: NodeJS.ProcessEnv;
  readonly hypersic: DemoHypersic;
  readonly pagopa: PagopaStandIn;
  readonly auditSecrets: readonly [string];
  /** Of pagoPA's calls to us. */
  readonly nodeSecret: string;
  tokenOf(codiceFiscale: string): Promise<string>;
  start(
    program: Program,
    more?: Readonly<Record<string, string>>,
    options?: StartOptions,
  ): Promise<TownProcess>;
  /** Ends also what was started and still runs. */
  close(): Promise<void>;
}

export async function openSurroundings(options: {
  readonly legacyUrl: string;
  readonly ownUrl: string;
  readonly hypersicTiming: { readonly timeoutMs: number; readonly settleMs: number };
  /** Where a proxy stands in front of the gateways, and of their pagoPA listeners. */
  readonly proxied?: { readonly publicUrl: string; readonly nodePort: number };
}): Promise<Surroundings> {
  const { legacyUrl } = options;
  const host = '127.0.0.1';
  const audience = 'https://town.test/graphql';
  const dataDir = await mkdtemp(join(tmpdir(), 'processes-'));
  const secrets = demoSecrets(dataDir);
  const shared = { host, dataDir, secrets, clock: systemClock, log: silentLog };
  const hypersic = await openHypersic({
    ...shared,
    legacyUrl,
    hypersicPort: 0,
    hypersicFaultPercent: 0,
    hypersicDecideMs: 60_000,
    hypersicTiming: options.hypersicTiming,
  });
  const pagopa = await openPagopa({
    ...shared,
    pagopaPort: 0,
    pagopaChaos: null,
    pagopaSlotMs: 100,
    pagopaLockMs: 60_000,
  });
  const { issuer, close: closeIdentity } = await startIdentityProvider({
    ...shared,
    port: 0,
    audience,
    findPerson: (code) => findResident(legacyUrl, code),
  });
  const nodePort = options.proxied?.nodePort ?? (await freePort(host));
  pagopa.standIn.connect({ url: `http://${host}:${nodePort}/paForNode`, secret: secrets.node });
  const environment = {
    PATH: process.env.PATH,
    HOST: host,
    PORT: '0',
    ...townEnvironment({
      ...options,
      issuer,
      audience,
      publicUrl: options.proxied?.publicUrl ?? 'http://town.test',
      secrets,
      hypersic,
      pagopa: pagopa.standIn,
    }),
    FILE_KEYS: testFileKeyText,
    PAYMENT_RETURN_ORIGINS: 'http://127.0.0.1:*',
    PAGOPA_NODE_PORT: String(nodePort),
    PAGOPA_NODE_SECRETS: secrets.node,
    PAGOPA_BROKER_CODE: pagopa.listener.brokerCode,
    PAGOPA_STATION_ID: pagopa.listener.stationId,
  };
  const running = new Set<TownProcess>();
  return {
    environment,
    hypersic,
    pagopa: pagopa.standIn,
    auditSecrets: [secrets.audit],
    nodeSecret: secrets.node,
    tokenOf: (code) => fetchDemoToken({ issuer, audience, code, method: 'spid', level: 2 }),
    async start(program, more = {}, { version = sources, args = [] } = {}) {
      const started = await startProgram(program, { ...environment, ...more }, version, args);
      running.add(started);
      void started.exited.then(() => running.delete(started));
      return started;
    },
    async close() {
      for (const { process: child } of running) child.kill('SIGKILL');
      await Promise.all([...running].map(({ exited }) => exited));
      await Promise.all([hypersic.close(), pagopa.standIn.close(), closeIdentity()]);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function startProgram(
  program: Program,
  env: NodeJS.ProcessEnv,
  { folder, argumentsOf }: Version,
  args: readonly string[],
): Promise<TownProcess> {
  const child = spawn(process.execPath, [...argumentsOf(program), ...args], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  let output = '';
  let log = '';
  child.stderr.on('data', (chunk) => {
    log = `${log}${chunk}`.slice(-100_000);
    if (logsFolder !== '') appendFileSync(join(logsFolder, `${program}-${child.pid}.log`), chunk);
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      output += chunk;
      const [, address = ''] = /ready (\S+) pid|working pid/.exec(output) ?? [];
      if (/ pid \d/.test(output)) resolve(address);
    });
    exited.then((code) => reject(new Error(`The ${program} ended with ${code}: ${log}`)));
  });
  return { process: child, url, exited, log: () => log };
}
