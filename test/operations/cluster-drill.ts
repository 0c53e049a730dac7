// `npm run drill:cluster`: two gateways and two workers behind a proxy, on one Postgres of ours, under load of eight
// connections; once with the subgraphs in the gateways, once with two processes of each subgraph.
//
//   before    both gateways and workers are of the version before, and its tables; the tables are migrated while
//             they run, then all are rolled to this version, and back, and forward again
//   calm      nothing happens: how often a counterpart is too slow for this machine
//   kills     one of each is killed (-9) at random, DRILL_KILLS (3) times each: what it was answering is lost, at most
//             one request of each connection, and no query that was asked by GET; Postgres is restarted: likewise
//   rolling   all are stopped and started one by one, and no request is lost
//   limits    look-ups of one address, answered by both, are limited in sum
//   processes SERVER_PROCESSES=2: rolling and limits again, with four processes
//
// Whatever was acknowledged must be there once, every audit chain whole, every file readable. The proxy is Caddy with
// deploy/caddy/Caddyfile where Caddy is installed, else test/support/proxy.ts. DRILL_BEFORE names the commit of the
// version before (abc149e); without git or that commit its part is left out, and said so.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { systemClock } from '../../core/clock.ts';
import { openDatabase } from '../../core/database.ts';
import { projectFile } from '../../core/project-root.ts';
import { appRole, createRoles, migrateRole } from '../../demo/postgres/create-roles.ts';
import { type Cluster, startCluster } from '../../demo/postgres/start-cluster.ts';
import { loadChildren } from '../../demo/town/load-children.ts';
import { seedLegacy } from '../../demo/town/seed.ts';
import { seedOwnTown } from '../../demo/town/seed-own-town.ts';
import { migrate } from '../../subgraphs/migrate.ts';
import { createAuditKeys } from '../../subgraphs/shared/audit/audit-keys.ts';
import { verifyAudit } from '../../subgraphs/shared/audit/verify-audit.ts';
import {
  Acknowledged,
  type Ask,
  asking,
  assertKept,
  assertReceiptsKept,
  dueAgain,
  fileAndPay,
  type Load,
  loadedParent,
  percent,
  Tally,
  untilAnswered,
  untilRegistered,
} from '../kill/parents.ts';
import { openCluster, type ProcessCluster } from '../support/cluster.ts';
import { freePort } from '../support/free-port.ts';
import { type FrontProxy, startProxy } from '../support/proxy.ts';
import {
  builtVersion,
  openSurroundings,
  type Surroundings,
  type Version,
} from '../support/town-processes.ts';
import { hasCaddy, startCaddy } from './start-caddy.ts';

const kills = Number(process.env.DRILL_KILLS ?? 3);
const forms = (process.env.DRILL_FORMS ?? 'before,whole,split,processes').split(',');
const commitBefore = process.env.DRILL_BEFORE ?? 'abc149e';
const readers = 4;
const parents = 4;
const lookups = 60;
const passwords = { migrate: 'owner-of-the-drill', app: 'service-of-the-drill', read: 'reader-of-the-drill' };
let nextParent = 0;
const random = (below: number) => Math.floor(Math.random() * below);

const settings = {
  TRUSTED_DOCUMENTS: 'allow',
  TRUSTED_PROXIES: '127.0.0.1',
  // The load comes from one address; the limit is tried with look-ups.
  RATE_LIMIT_PER_MINUTE: '0',
  PUBLIC_LOOKUPS_PER_MINUTE: String(lookups),
  STOP_DELAY_SECONDS: '4',
  HYPERSIC_POOL_SIZE: '6',
  PAGOPA_TIMEOUT_MS: '4500',
  LOG_LEVEL: 'warn',
};

/** Everything that one form of the drill runs on. */
interface Drill {
  readonly surroundings: Surroundings;
  readonly cluster: ProcessCluster;
  readonly proxy: FrontProxy;
  readonly acknowledged: Acknowledged;
  readonly own: Ask;
  readonly legacyDatabase: Ask;
  readonly migrateUrl: string;
  restartPostgres(): Promise<void>;
}

for (const form of forms) {
  const before = form === 'before' ? await buildBefore() : null;
  if (form === 'before' && before === null) continue;
  nextParent = 0;
  await withDrill(form, before, async (drill) => {
    if (before !== null) await upgrade(drill, before);
    else if (form === 'processes') await rollAndLimit(drill);
    else await disturb(drill);
    await check(drill, form);
  });
  if (before !== null) await rm(before.folder, { recursive: true, force: true });
}

async function withDrill(
  form: string,
  before: Version | null,
  work: (drill: Drill) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'cluster-'));
  const ends: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  try {
    const ownFolder = join(folder, 'own');
    let postgres: Cluster = await startCluster({ dataDir: ownFolder });
    ends.push(() => postgres.stop());
    const legacy = await startCluster({ dataDir: join(folder, 'legacy') });
    ends.push(() => legacy.stop());
    await Promise.all([postgres.createDatabase('town'), legacy.createDatabase('hypersic')]);
    const [adminUrl, legacyUrl] = [postgres.urlFor('town'), legacy.urlFor('hypersic')];
    const migrateUrl = postgres.urlFor('town', { name: migrateRole, password: passwords.migrate });
    await createRoles(adminUrl, passwords);
    await seedLegacy(legacyUrl, systemClock);
    await loadChildren(legacyUrl, 2_000, systemClock);
    await asking(legacyUrl)(dueAgain);
    if (before === null) {
      await migrate(migrateUrl, appRole);
      await seedOwnTown(migrateUrl, systemClock);
    } else await seedBefore(before, migrateUrl);

    const [port, nodePort] = [await freePort(), await freePort()];
    const surroundings = await openSurroundings({
      legacyUrl,
      // The version before had one role for everything.
      ownUrl:
        before === null ? postgres.urlFor('town', { name: appRole, password: passwords.app }) : migrateUrl,
      hypersicTiming: { timeoutMs: 2_500, settleMs: 5_000 },
      proxied: { publicUrl: `http://127.0.0.1:${port}`, nodePort },
    });
    ends.push(() => surroundings.close());
    const cluster = await openCluster(surroundings, {
      isSplit: form === 'split',
      version: before ?? builtVersion,
      more: {
        ...settings,
        ...(before === null ? { NODE_ENV: 'production' } : {}),
        ...(form === 'processes' ? { SERVER_PROCESSES: '2' } : {}),
      },
    });
    ends.push(() => cluster.close());
    await cluster.start();
    const { gateways, nodes } = cluster;
    const at = { port, nodePort, gateways, nodes, nodeSecret: surroundings.nodeSecret };
    const proxies = await frontOf(at, before !== null);
    ends.push(...proxies.map((one) => () => one.close()));
    const [proxy] = proxies as [FrontProxy];
    await work({
      surroundings,
      cluster,
      proxy,
      acknowledged: new Acknowledged(),
      own: asking(adminUrl),
      legacyDatabase: asking(legacyUrl),
      migrateUrl,
      async restartPostgres() {
        await postgres.stop();
        postgres = await startCluster({ dataDir: ownFolder });
      },
    });
  } finally {
    for (const end of ends.reverse()) await end().catch((error) => console.error(error));
  }
}

/** Caddy by our own file; the version before has no `/health/serving`, which that file asks for. */
async function frontOf(
  at: Parameters<typeof startCaddy>[0],
  isBefore: boolean,
): Promise<readonly FrontProxy[]> {
  if (!isBefore && hasCaddy()) return [await startCaddy(at)];
  const healthPath = isBefore ? '/health/ready' : '/health/serving';
  return [
    await startProxy({ port: at.port, upstreams: at.gateways, healthPath }),
    await startProxy({ port: at.nodePort, upstreams: at.nodes }),
  ];
}

/**
 * Eight connections, until `work` is done: four parents file and pay, four read all that a family has. `byGet` of the four
 * ask by GET, which Caddy sends to the other gateway when the first one dies.
 */
async function underLoad(
  drill: Drill,
  flagship: string,
  work: () => Promise<void>,
  byGet = 2,
): Promise<Tally> {
  const tally = new Tally();
  let isOver = false;
  const nextToken = async () => {
    const [parent] = await drill.legacyDatabase(loadedParent(nextParent++));
    if (parent === undefined) throw new Error('More parents were wanted than there are.');
    for (let tries = 0; ; tries++) {
      // The identity provider runs in this process, which may be busy.
      const token = await drill.surroundings.tokenOf(String(parent.code)).catch((error: unknown) => {
        if (tries > 20) throw error;
        return null;
      });
      if (token !== null) return token;
      await sleep(250);
    }
  };
  const url = () => `${drill.proxy.url}/graphql`;
  const load: Load = {
    nextToken,
    url,
    acknowledged: drill.acknowledged,
    isOver: () => isOver,
    tally,
    withFiles: true,
  };
  const read = async (_: unknown, nth: number) => {
    const token = await nextToken();
    while (!isOver) {
      await readAll({ url, token, tally, asksByGet: nth < byGet }, flagship);
      await sleep(50 + random(250));
    }
  };
  const all = Promise.all([fileAndPay(load, parents), ...Array.from({ length: readers }, read)]);
  all.catch(() => undefined);
  try {
    await work();
  } finally {
    isOver = true;
  }
  await all;
  return tally;
}

async function readAll(reader: Parameters<typeof untilAnswered>[0], flagship: string): Promise<void> {
  const { me } = (await untilAnswered(reader, flagship)) as {
    me: { children: { invoices: { edges: { node: { documentUrl?: string } }[] } }[] };
  };
  assert.ok(me.children.length > 0, 'a family without children');
}

async function upgrade(drill: Drill, before: Version): Promise<void> {
  const flagship = readFileSync(join(before.folder, 'gateway', 'flagship.graphql'), 'utf8');
  const { cluster } = drill;
  const steps: string[] = [];
  const step = async (name: string, work: () => Promise<unknown>) => {
    const filed = drill.acknowledged.submitted.size;
    const tally = await underLoad(drill, flagship, async () => void (await work()), 0);
    steps.push(`${name}: ${tally}, ${drill.acknowledged.submitted.size - filed} applications filed`);
    console.log(steps.at(-1));
    for (const failure of new Set(tally.failed)) console.log(`  ${failure.slice(0, 400)}`);
    assert.ok(tally.asked > 0 && drill.acknowledged.submitted.size > filed, `${name}: nothing was filed`);
  };
  await step('version before', () => sleep(8_000));
  await step('migrated while it runs', async () => {
    await sleep(1_000);
    await migrate(drill.migrateUrl, appRole);
    await sleep(8_000);
  });
  await step('rolled forward', () => cluster.roll(1_000, builtVersion));
  await step('rolled back', () => cluster.roll(1_000, before));
  await step('rolled forward again', () => cluster.roll(1_000, builtVersion));
}

async function disturb(drill: Drill): Promise<void> {
  const { cluster } = drill;
  const flagship = readFileSync(projectFile('gateway', 'flagship.graphql'), 'utf8');
  const kinds = [...new Set(cluster.names.map((name) => name.replace(/-\d$/, '')))];
  await underLoad(drill, flagship, () => sleep(3_000));
  report('calm', await underLoad(drill, flagship, () => sleep(8_000)));

  const killed = await underLoad(drill, flagship, async () => {
    for (let round = 0; round < kills; round++)
      for (const kind of kinds) {
        await sleep(500 + random(4_000));
        await cluster.kill(`${kind}-${1 + random(2)}`);
        assert.deepEqual(cluster.ended(), []);
      }
    await sleep(2_000);
  });
  report(`${kills} kills of each of ${kinds.join(', ')}`, killed);
  const inFlight = readers + parents;
  assert.ok(killed.lost.length <= kills * kinds.length * inFlight, 'more is lost than was being answered');
  const lostByGet = killed.lost.filter((one) => one.startsWith('GET of #'));
  if (hasCaddy()) assert.deepEqual(lostByGet, [], 'a query by GET is lost');

  const restarted = await underLoad(drill, flagship, async () => {
    await sleep(3_000);
    await drill.restartPostgres();
    await sleep(20_000);
    assert.deepEqual(cluster.ended(), []);
  });
  report('Postgres restarted', restarted);
  const rolled = await rollAndLimit(drill);
  const asked = killed.asked + restarted.asked + rolled.asked;
  const lost = killed.lost.length + restarted.lost.length;
  const operations = killed.operations + restarted.operations + rolled.operations;
  const failed = killed.lostByClients.length + restarted.lostByClients.length;
  console.log(
    `all together: ${lost} of ${asked} requests lost, ${percent(lost, asked)}; ${failed} of ${operations} operations failed in our client, ${percent(failed, operations)}`,
  );
  assert.ok(
    failed < operations / 1_000,
    'our client tells its callers of more failures than one in a thousand',
  );
}

async function rollAndLimit(drill: Drill): Promise<Tally> {
  const flagship = readFileSync(projectFile('gateway', 'flagship.graphql'), 'utf8');
  const rolled = await underLoad(drill, flagship, () => drill.cluster.roll(2_500));
  report('rolled one by one', rolled);
  assert.deepEqual(rolled.lost, [], 'a rolling restart loses a request');
  await tryLimits(drill);
  return rolled;
}

function report(name: string, tally: Tally): void {
  console.log(`${name}: ${tally}`);
  const counts = new Map<string, number>();
  for (const failure of tally.failed) counts.set(failure, (counts.get(failure) ?? 0) + 1);
  for (const [failure, count] of [...counts].slice(0, 15))
    console.log(`  ${count} x ${failure.slice(0, 300)}`);
}

/** Both gateways answer, one after the other; counts reach each other within a second. */
async function tryLimits(drill: Drill): Promise<void> {
  const body = JSON.stringify({
    query: '{ paymentNotice(numeroAvviso: "301000000000000144", creditor: "00000000000") { status } }',
  });
  let passed = 0;
  for (let asked = 0; asked < 4 * lookups; asked++) {
    const answer = await fetch(`${drill.proxy.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const text = await answer.text();
    if (text.includes('TOO_MANY_REQUESTS')) continue;
    assert.deepEqual(JSON.parse(text), { data: { paymentNotice: null } });
    passed++;
  }
  console.log(`limits: ${passed} of ${4 * lookups} look-ups answered, ${lookups} allowed`);
  assert.ok(passed >= lookups && passed < 1.5 * lookups, `${passed} look-ups passed where ${lookups} may`);
}

async function check({ acknowledged, own, legacyDatabase, surroundings, migrateUrl }: Drill, form: string) {
  await untilRegistered(own);
  await surroundings.pagopa.settled();
  await assertKept(acknowledged, own, legacyDatabase);
  const { payments } = surroundings.pagopa.ledger;
  await assertReceiptsKept(payments, own);
  const database = await openDatabase({ url: migrateUrl, entities: [], migrations: [] });
  const { chains, faults } = await verifyAudit(database, createAuditKeys(surroundings.auditSecrets)).finally(
    () => database.destroy(),
  );
  assert.deepEqual(faults, []);
  assert.ok(payments.length > 0, 'nothing was paid');
  console.log(`${form}: ${acknowledged}, ${payments.length} paid, all kept; ${chains} audit chains whole`);
}

/** The version before, built with the packages of this one. */
async function buildBefore(): Promise<Version | null> {
  const archive = spawnSync('git', ['archive', '--format=tar', commitBefore], {
    cwd: projectFile(),
    maxBuffer: 1 << 30,
  });
  if (archive.status !== 0) {
    console.log(`before: left out, git has no commit ${commitBefore}: ${archive.stderr}`);
    return null;
  }
  const folder = await mkdtemp(join(tmpdir(), 'before-'));
  execFileSync('tar', ['-x', '-C', folder], { input: archive.stdout });
  symlinkSync(projectFile('node_modules'), join(folder, 'node_modules'));
  execFileSync(projectFile('node_modules', '.bin', 'tsc'), ['-p', 'tsconfig.build.json'], { cwd: folder });
  const programs = {
    server: ['gateway', 'start-server.js'],
    gateway: ['gateway', 'start-gateway.js'],
    worker: ['subgraphs', 'start-worker.js'],
    subgraph: ['subgraphs', 'start-subgraph.js'],
  } as const;
  return {
    folder,
    argumentsOf(program) {
      const [of, file] = programs[program];
      const known = join(folder, 'dist', of, file);
      return [existsSync(known) ? known : join(folder, 'dist', 'commands', `start-${program}.js`)];
    },
  };
}

async function seedBefore({ folder }: Version, url: string): Promise<void> {
  const of = (...path: readonly string[]) => import(pathToFileURL(join(folder, 'dist', ...path)).href);
  const { migrate: migrateBefore } = await of('subgraphs', 'migrate.js');
  await migrateBefore(url);
  const { seedOwnTown: seedBefore } = await of('demo', 'town', 'seed-own-town.js');
  await seedBefore(url, systemClock);
}
