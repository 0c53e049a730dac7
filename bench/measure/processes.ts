import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Profiler } from 'node:inspector';
import { fileURLToPath } from 'node:url';
import type { Contestant } from '../contestants.ts';
import { program, shippedSettings } from '../product.ts';
import type { Usage } from '../servers/counters.ts';

export type Profile = Profiler.Profile;

/** A program under measurement. */
export interface Measured {
  readonly url: string;
  /** What it counted so far, and its peak memory since it was last asked. */
  usage(): Promise<Usage>;
  startProfile(): Promise<void>;
  stopProfile(): Promise<Profile>;
  stop(): Promise<void>;
}

/** A contestant with all the processes that answer its requests. */
export interface Running {
  readonly contestant: Contestant;
  readonly url: string;
  readonly front: Measured;
  /** Subgraphs that run apart; shared by all contestants that ask over HTTP. */
  readonly behind: readonly Measured[];
}

const probe = fileURLToPath(new URL('../servers/probe.ts', import.meta.url));
const readyWithinMs = 60_000;

/** Starts a program that prints `ready <address> pid <n>`. What it logs is dropped, its failure is told. */
export async function start(
  path: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Measured> {
  // Another checkout's programs too: what is compared is the code.
  const settings = /\/dist\/commands\/[^/]+$/.test(path) ? shippedSettings() : {};
  const child = fork(path, [...args], {
    env: { ...inherited(), ...settings, ...environment },
    execArgv: ['--import', probe, '--no-warnings'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const url = await untilReady(child, path);
  return {
    url,
    usage: () => ask<Usage>(child, 'usage'),
    startProfile: () => ask(child, 'start profile'),
    stopProfile: () => ask<Profile>(child, 'stop profile'),
    async stop() {
      if (child.exitCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const patience = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(patience);
    },
  };
}

export async function startContestant(
  contestant: Contestant,
  environment: Readonly<Record<string, string>>,
  behind: readonly Measured[],
): Promise<Running> {
  const front = await start(contestant.program, contestant.args, environment);
  return {
    contestant,
    url: front.url,
    front,
    behind: contestant.transport === 'HTTP' ? behind : [],
  };
}

/** The four subgraphs, each a process: the environment that finds them comes along. */
export async function startSubgraphs(environment: Readonly<Record<string, string>>) {
  const names = ['anagrafe', 'practices', 'school-billing', 'payments'];
  const processes = await Promise.all(
    names.map((name) => start(program('commands/start-subgraph.js'), [name], environment)),
  );
  const addresses = names.map(
    (name, index) =>
      [`SUBGRAPH_URL_${name.toUpperCase().replaceAll('-', '_')}`, processes[index]?.url ?? ''] as const,
  );
  return { processes, environment: Object.fromEntries(addresses) };
}

async function ask<Answer>(child: ChildProcess, question: string): Promise<Answer> {
  child.send(question);
  return (await once(child, 'message'))[0] as Answer;
}

function inherited(): Record<string, string> {
  const { PATH = '', HOME = '', TMPDIR = '' } = process.env;
  return { PATH, HOME, ...(TMPDIR === '' ? {} : { TMPDIR }) };
}

async function untilReady(child: ChildProcess, path: string): Promise<string> {
  let said = '';
  const address = new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (text: Buffer) => {
      const [, url] = /^ready (\S+) pid /m.exec(text.toString()) ?? [];
      if (url !== undefined) resolve(url);
    });
    child.stderr?.on('data', (text: Buffer) => {
      said = (said + text.toString()).slice(-4_000);
    });
    child.once('exit', () => reject(new Error(`${path} ended before it was ready:\n${said}`)));
  });
  const patience = setTimeout(() => child.kill('SIGKILL'), readyWithinMs);
  return address.finally(() => clearTimeout(patience));
}
