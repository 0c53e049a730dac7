import { type ChildProcess, fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { type Cluster, startCluster } from '../../demo/postgres/start-cluster.ts';
import { shareCluster } from '../support/share-cluster.ts';
import { type Area, areas } from './areas.ts';
import { findMutants, type Mutant } from './find-mutants.ts';
import { filesIn, importsOf, testFilesOf } from './related-tests.ts';

// `npm run mutants -- [area or folder ...] [--of 20] [--seed 1] [--all]`: changes the code in one small place at a
// time, in a copy, and runs the tests of that area that import the file. A mutant that neither a test nor the checks
// before every commit (types, promises that nobody awaits) notice lives, and a test is missing.

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    of: { type: 'string', default: '12' },
    seed: { type: 'string', default: '1' },
    all: { type: 'boolean', default: false },
    report: { type: 'string', default: '' },
  },
});

interface Equivalent {
  readonly file: string;
  readonly line: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}
const equivalents = JSON.parse(readFileSync('test/mutants/equivalent.json', 'utf8')) as readonly Equivalent[];

const root = process.cwd();
const copy = mkdtempSync(join(tmpdir(), 'mutants-'));
let cluster: Cluster | undefined;
let child: ChildProcess | undefined;
let served = 0;
/** How long test files take without a mutant; null for those that fail. */
const measured = new Map<string, number | null>();
process.on('exit', () => {
  child?.kill('SIGKILL');
  rmSync(copy, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, async () => {
    await cluster?.stop();
    process.exit(1);
  });
}

for (const { file, line } of equivalents) {
  const isThere =
    existsSync(file) &&
    readFileSync(file, 'utf8')
      .split('\n')
      .some((one) => one.trim() === line);
  if (!isThere) throw new Error(`equivalent.json names a line that is not in ${file} any more: ${line}`);
}

try {
  await prepare();
  const summaries: string[] = [];
  for (const [name, area] of chosenAreas()) summaries.push(await run(name, area));
  console.log(`\n${summaries.join('\n')}`);
  if (values.report !== '') writeFileSync(resolve(root, values.report), `${summaries.join('\n')}\n`);
  process.exitCode = summaries.some((summary) => summary.includes('\nlives')) ? 1 : 0;
} finally {
  await cluster?.stop();
  child?.kill('SIGKILL');
}

/** A copy of the code, and one Postgres server for all tests. */
async function prepare(): Promise<void> {
  const left = new Set(['node_modules', '.git', '.data', 'dist', 'portal', 'bench', 'coverage', 'data']);
  for (const name of readdirSync('.'))
    if (!left.has(name)) cpSync(name, join(copy, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  // From here on the tree may change: all is read from the copy.
  process.chdir(copy);
  // Tests that are ended leave files behind.
  process.env.TMPDIR = mkdtempSync(join(copy, 'tmp-'));
  cluster = await startCluster({ dataDir: join(copy, 'data'), durable: false });
  await shareCluster(cluster);
}

async function run(name: string, area: Area): Promise<string> {
  const tests = testFilesOf(area.tests).map((path) => ({ path, imports: importsOf(path) }));
  const living: string[] = [];
  let caught = 0;
  let same = 0;
  let byChecks = 0;
  for (const mutant of pick(area)) {
    const known = equivalents.find((one) => isSame(one, mutant));
    const by = known ? undefined : ((await noticedBy(mutant)) ?? refusedBy(mutant));
    const line = `${name}  ${mutant.file}:${mutant.line}  ${show(mutant.from)} → ${show(mutant.to)}`;
    const verdict = known ? 'equivalent' : by ? 'caught' : 'LIVES';
    console.log(`${verdict.padEnd(10)} ${line}  ${known ? `(${known.reason})` : (by ?? '')}`);
    if (verdict === 'LIVES') living.push(`\nlives: ${line}`);
    else if (by === undefined) same++;
    else {
      caught++;
      if (!by.endsWith('.ts')) byChecks++;
    }
  }
  const counted = caught + living.length;
  const share = ((100 * caught) / Math.max(counted, 1)).toFixed(1);
  return `${name}: ${caught} of ${counted} caught (${share} %; ${byChecks} by types or lint alone), ${same} equivalent, seed ${values.seed}${living.join('')}`;

  /** The test that fails: those of the area's order, the nearest to the file first. */
  async function noticedBy({ file, text }: Mutant): Promise<string | undefined> {
    const distance = ({ imports }: (typeof tests)[number]) => imports.get(file) ?? 0;
    const related = tests
      .filter(({ imports }) => imports.has(file))
      .sort((a, b) => rankOf(area, a.path) - rankOf(area, b.path) || distance(a) - distance(b));
    for (const { path } of related) {
      const ms = await msWithoutMutant(path);
      if (ms === null) continue;
      const fails = async () => !(await passesWith(file, text, path, 30_000 + 8 * ms));
      // On a busy machine a test of several processes may fail by itself once.
      if ((await fails()) && (path.startsWith('test/unit/') || (await fails()))) return path;
    }
    return undefined;
  }
}

/** The check of `npm run check` that refuses the mutant: a promise that nobody awaits, or a type. */
function refusedBy({ file, text, from }: Mutant): string | undefined {
  const original = readFileSync(file, 'utf8');
  const refuses = (program: string, args: readonly string[]) =>
    spawnSync(join('node_modules/.bin', program), args, { stdio: 'ignore' }).status !== 0;
  writeFileSync(file, text);
  try {
    const rule = '--only=nursery/noFloatingPromises';
    if (/^\s*await /.test(from) && refuses('biome', ['lint', rule, '--error-on-warnings', file]))
      return 'biome';
    return refuses('tsc', ['-p', 'tsconfig.json', '--noEmit']) ? 'tsc' : undefined;
  } finally {
    writeFileSync(file, original);
  }
}

function rankOf({ tests }: Area, path: string): number {
  return tests.findIndex((test) => path.startsWith(test));
}

/** How long a test takes; null if it fails by itself, as it would count every mutant as caught. */
async function msWithoutMutant(test: string): Promise<number | null> {
  const known = measured.get(test);
  if (known !== undefined) return known;
  const began = Date.now();
  const ms = (await passes(test, 300_000)) ? Date.now() - began : null;
  if (ms === null) console.log(`${test} fails without a mutant, and is left out.`);
  measured.set(test, ms);
  return ms;
}

async function passesWith(file: string, text: string, test: string, limitMs: number): Promise<boolean> {
  const original = readFileSync(file, 'utf8');
  writeFileSync(file, text);
  try {
    return await passes(test, limitMs);
  } finally {
    writeFileSync(file, original);
    await dropCopies();
  }
}

/** Whether a test file passes within its time; a mutant that loops for ever is one that is noticed. */
async function passes(test: string, limitMs: number): Promise<boolean> {
  // Modules are never freed: a new process now and then.
  if (served++ % 40 === 39) stopChild();
  const jest = child ?? (await startChild());
  return new Promise((resolve) => {
    const done = (passed: boolean) => {
      clearTimeout(timer);
      jest.removeAllListeners('message').removeAllListeners('exit');
      resolve(passed);
    };
    const timer = setTimeout(() => {
      stopChild();
      done(false);
    }, limitMs);
    jest.on('message', (passed) => done(passed === true));
    jest.on('exit', () => {
      child = undefined;
      done(false);
    });
    jest.send(join(copy, test));
  });
}

async function startChild(): Promise<ChildProcess> {
  child = fork(join(root, 'test/mutants/warm-jest.ts'), {
    cwd: copy,
    execArgv: ['--no-warnings', '--import', './test/support/typescript-hooks.mjs'],
    stdio: 'ignore',
  });
  await once(child, 'message');
  return child;
}

function stopChild(): void {
  child?.kill('SIGKILL');
  child = undefined;
}

/** The databases that tests made for themselves. */
async function dropCopies(): Promise<void> {
  const admin = new pg.Client(process.env.TEST_CLUSTER_URL);
  await admin.connect();
  const { rows } = await admin.query(`SELECT datname FROM pg_database WHERE datname LIKE 'copy\\_%'`);
  for (const { datname } of rows) await admin.query(`DROP DATABASE IF EXISTS "${datname}" WITH (FORCE)`);
  await admin.end();
}

function chosenAreas(): readonly (readonly [string, Area])[] {
  if (positionals.length === 0) return Object.entries(areas);
  return positionals.map((name) => {
    const area = areas[name];
    if (area !== undefined) return [name, area] as const;
    const path = name.replace(/\/$/, '');
    const found = Object.entries(areas).find(([, { files }]) =>
      files.some((file) => path.startsWith(file) || file.startsWith(path)),
    );
    if (found === undefined || !existsSync(path)) {
      throw new Error(`${name} is neither an area (${Object.keys(areas).join(', ')}) nor a folder of one.`);
    }
    return [found[0], { files: [path], tests: found[1].tests }] as const;
  });
}

function pick({ files }: Area): readonly Mutant[] {
  const all = files.flatMap(sourcesOf).flatMap((file) => findMutants(file, readFileSync(file, 'utf8')));
  if (values.all) return all;
  const random = seeded(Number(values.seed));
  const order = all.map((mutant) => [random(), mutant] as const).sort(([a], [b]) => a - b);
  return order.slice(0, Number(values.of)).map(([, mutant]) => mutant);
}

function sourcesOf(path: string): readonly string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return filesIn(path).filter((name) => !name.includes('migrations'));
}

function isSame(known: Equivalent, { file, line, from, to }: Mutant): boolean {
  const text = readFileSync(file, 'utf8').split('\n')[line - 1] ?? '';
  return known.file === file && known.line === text.trim() && known.from === from && known.to === to;
}

function show(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}…` : text);
}

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
