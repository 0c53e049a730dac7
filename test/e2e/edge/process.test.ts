import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { projectFile } from '../../../core/project-root.ts';
import { tinySupergraph } from '../../support/tiny-gateway.ts';
import { typescript } from '../../support/typescript.ts';

/** A subgraph that answers when it is told to. */
let subgraph: Server;
let answers: (() => void)[] = [];
let supergraphPath: string;
beforeAll(async () => {
  subgraph = createServer((_request, response) => {
    answers.push(() =>
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end('{"data":{"hello":"hello you","slow":"done"}}'),
    );
  }).listen(0, '127.0.0.1');
  await once(subgraph, 'listening');
  supergraphPath = join(tmpdir(), `supergraph-${process.pid}.graphql`);
  await writeFile(supergraphPath, tinySupergraph);
});
afterAll(() => {
  subgraph.closeAllConnections();
  subgraph.close();
});

interface Started {
  readonly process: ChildProcess;
  readonly url: string;
  readonly exited: Promise<number | null>;
  output(): string;
}

/**
 * The gateway alone in a process of its own, as `npm run start:gateway` starts it, with a graph that is none of ours.
 */
async function startGateway(env: Record<string, string> = {}): Promise<Started> {
  const child = spawn(process.execPath, [...typescript, projectFile('commands', 'start-gateway.ts')], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'development',
      PORT: '0',
      SUPERGRAPH_PATH: supergraphPath,
      SUBGRAPH_URL_WORDS: `http://127.0.0.1:${(subgraph.address() as AddressInfo).port}/graphql`,
      SUBGRAPH_URL_SHELVES: 'http://127.0.0.1:1/graphql',
      ...env,
    },
  });
  let output = '';
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      output += chunk;
      const [, address] = /ready (\S+) pid/.exec(output) ?? [];
      if (address !== undefined) resolve(address);
    });
    exited.then(() => reject(new Error(output)));
  });
  return { process: child, url, exited, output: () => output };
}

const ask = (url: string, query: string, headers: Record<string, string> = {}) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });

async function untilAsked(count: number): Promise<void> {
  while (answers.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
}

function answerAll(): void {
  for (const answer of answers) answer();
  answers = [];
}

describe('a gateway alone', () => {
  it('lets requests in flight finish on SIGTERM, takes no more, and exits with 0', async () => {
    const { process: child, url, exited } = await startGateway();
    const inFlight = [1, 2, 3].map(() => ask(url, '{ slow }'));
    await untilAsked(3);
    child.kill('SIGTERM');
    const ready = () => fetch(new URL('/health/ready', url));
    let health = await ready();
    // It was not ready before either: the other subgraph does not run.
    while (!(await health.text()).includes('stopping')) health = await ready();
    const late = await ask(url, '{ hello }');
    expect([health.status, late.status, late.headers.get('retry-after')]).toEqual([503, 503, '1']);
    answerAll();
    for (const response of await Promise.all(inFlight)) {
      expect([response.status, await response.json()]).toEqual([200, { data: { slow: 'done' } }]);
    }
    expect(await exited).toBe(0);
  });

  it('exits with 0 also when a client never ends its request', async () => {
    const { process: child, url, exited } = await startGateway();
    const hanging = ask(url, '{ slow }').catch(() => null);
    await untilAsked(1);
    child.kill('SIGTERM');
    expect(await exited).toBe(0);
    await hanging;
    answers = [];
  });

  it('comes back after kill -9', async () => {
    const first = await startGateway();
    const lost = ask(first.url, '{ slow }').then(
      () => 'answered',
      () => 'lost',
    );
    await untilAsked(1);
    first.process.kill('SIGKILL');
    expect([await lost, await first.exited]).toEqual(['lost', null]);
    answers = [];
    const second = await startGateway();
    const answer = ask(second.url, '{ slow }');
    await untilAsked(1);
    answerAll();
    expect(await (await answer).json()).toEqual({ data: { slow: 'done' } });
    second.process.kill('SIGTERM');
    expect(await second.exited).toBe(0);
  });

  it('runs in several processes behind one port, and replaces one that is killed', async () => {
    const { process: child, url, exited, output } = await startGateway({ SERVER_PROCESSES: '2' });
    const pids = () =>
      [...output().matchAll(/"process.ready","place":\d,"pid":(\d+)/g)].map(([, pid]) => Number(pid));
    expect(new Set(pids()).size).toBe(2);
    const isAlive = async () => (await fetch(new URL('/health/live', url))).ok;
    const [first = 0] = pids();
    process.kill(first, 'SIGKILL');
    // Connections to the one that died break off until the other has all.
    while (!output().includes('"process.ended"')) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await Promise.all([1, 2, 3, 4].map(isAlive))).toEqual([true, true, true, true]);
    while (pids().length < 3) await new Promise((resolve) => setTimeout(resolve, 20));
    const inFlight = ask(url, '{ slow }');
    await untilAsked(1);
    child.kill('SIGTERM');
    answerAll();
    expect(await (await inFlight).json()).toEqual({ data: { slow: 'done' } });
    expect(await exited).toBe(0);
    for (const pid of pids()) expect(() => process.kill(pid, 0)).toThrow();
  }, 180_000);

  it('protects other graphs as it does ours, in production and without a database', async () => {
    const production = {
      // Not named: it is production.
      NODE_ENV: '',
      PUBLIC_URL: 'https://api.example.it',
      OIDC_ISSUER: 'https://login.example.it',
      OIDC_AUDIENCE: 'api',
      ID_SECRET: 'i'.repeat(32),
      RATE_LIMIT_PER_MINUTE: '3',
    };
    const { process: child, url, exited, output } = await startGateway(production);
    const refused = await ask(url, '{ hello }');
    const body = (await refused.json()) as { errors: { extensions: { code: string } }[] };
    expect([refused.status, body.errors[0]?.extensions.code]).toEqual([403, 'UNKNOWN_DOCUMENT']);
    expect(refused.headers.get('strict-transport-security')).toMatch(/max-age/);
    expect((await fetch(new URL('/', url))).status).toBe(404);
    const sdl = await (await fetch(new URL('/schema.graphql', url))).text();
    expect(sdl).toContain('type Book');
    const statuses: number[] = [];
    for (let i = 0; i < 4; i++) statuses.push((await ask(url, '{ hello }')).status);
    expect(statuses).toEqual([403, 403, 429, 429]);
    const ready = await fetch(new URL('/health/ready', url));
    const text = await ready.text();
    expect([ready.status, JSON.parse(text)]).toEqual([
      503,
      { status: 'unavailable', parts: { words: false, shelves: false } },
    ]);
    child.kill('SIGTERM');
    expect(await exited).toBe(0);
    expect(output()).not.toMatch(/127\.0\.0\.1:1\b/);
    expect(output()).toContain('"event":"process.mode","mode":"production"');
  });
});
