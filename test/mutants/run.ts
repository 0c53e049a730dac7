import { spawn } from 'node:child_process';
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
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Area, areas } from './areas.ts';
import { findMutants, type Mutant } from './find-mutants.ts';

// `npm run mutants -- [area or folder ...] [--of 20] [--seed 1] [--all]`: changes the code in one small place at a
// time, in a copy, and runs the tests of that area. A mutant that no test notices lives, and a test is missing.

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    of: { type: 'string', default: '12' },
    seed: { type: 'string', default: '1' },
    all: { type: 'boolean', default: false },
    report: { type: 'string', default: '' },
  },
});
const minutesEach = 4;

interface Equivalent {
  readonly file: string;
  readonly line: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}
const equivalents = JSON.parse(readFileSync('test/mutants/equivalent.json', 'utf8')) as readonly Equivalent[];

const copy = mkdtempSync(join(tmpdir(), 'mutants-'));
process.on('exit', () => rmSync(copy, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));
const left = new Set(['node_modules', '.git', '.data', 'dist', 'portal', 'bench', 'coverage']);
for (const name of readdirSync('.')) if (!left.has(name)) cpSync(name, join(copy, name), { recursive: true });
symlinkSync(join(process.cwd(), 'node_modules'), join(copy, 'node_modules'));

let caught = 0;
let same = 0;
const living: string[] = [];
for (const [name, area] of chosenAreas()) {
  // A test that fails by itself would count every mutant as caught.
  for (const test of area.tests) {
    if (existsAs(test) && !(await passes(test))) throw new Error(`${test} fails without a mutant.`);
  }
  for (const mutant of pick(area)) {
    const known = equivalents.find((one) => isSame(one, mutant));
    const verdict = known ? 'equivalent' : (await survives(area, mutant)) ? 'LIVES' : 'caught';
    const line = `${name}  ${mutant.file}:${mutant.line}  ${show(mutant.from)} → ${show(mutant.to)}`;
    console.log(`${verdict.padEnd(10)} ${line}${known ? `  (${known.reason})` : ''}`);
    if (verdict === 'LIVES') living.push(line);
    else if (verdict === 'caught') caught++;
    else same++;
  }
}
const counted = caught + living.length;
const summary = `${caught} of ${counted} caught (${((100 * caught) / Math.max(counted, 1)).toFixed(1)} %), ${same} equivalent, seed ${values.seed}`;
console.log(`\n${living.map((line) => `lives: ${line}`).join('\n')}\n${summary}`);
if (values.report !== '') writeFileSync(values.report, `${living.join('\n')}\n${summary}\n`);
process.exitCode = living.length === 0 ? 0 : 1;

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
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('migrations'))
    .map((name) => join(path, name))
    .sort();
}

async function survives({ tests }: Area, { file, text }: Mutant): Promise<boolean> {
  const original = readFileSync(file, 'utf8');
  writeFileSync(join(copy, file), text);
  try {
    for (const test of tests) if (existsAs(test) && !(await passes(test))) return false;
    return true;
  } finally {
    writeFileSync(join(copy, file), original);
  }
}

/** A test named as a folder, a file or the beginning of a file's name. */
function existsAs(test: string): boolean {
  const folder = join(test, '..');
  return (
    existsSync(test) ||
    (existsSync(folder) && readdirSync(folder).some((name) => name.startsWith(basename(test))))
  );
}

function passes(test: string): Promise<boolean> {
  const jest = join('node_modules', 'jest', 'bin', 'jest.js');
  const child = spawn(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--no-warnings',
      jest,
      test,
      '--bail',
      '--silent',
      '--maxWorkers=1',
      '--forceExit',
    ],
    { cwd: copy, stdio: 'ignore', detached: true },
  );
  return new Promise((resolve) => {
    // A mutant that loops for ever is a mutant that is noticed.
    const timer = setTimeout(() => process.kill(-(child.pid as number), 'SIGKILL'), minutesEach * 60_000);
    child.on('exit', (code) => {
      clearTimeout(timer);
      resolve(code === 0);
    });
  });
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
