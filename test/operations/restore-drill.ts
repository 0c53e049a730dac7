// `npm run drill:restore`: the town's Postgres is copied while it runs, parents file and pay, and everything is
// destroyed and restored to a point in time with the archived log. What was acknowledged until then must be there,
// once; and no notice number is given twice, although GPD holds numbers that the restored database does not. Seconds of
// traffic: DRILL_SECONDS (10). DRILL_GB makes the database as large. Stops by itself. The commands are those of
// docs/operations/backup.md.
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { fetchDemoToken } from '../../demo/identity/fetch-token.ts';
import { startCluster } from '../../demo/postgres/start-cluster.ts';
import { findRunningTown } from '../../demo/running-town.ts';
import {
  Acknowledged,
  asking,
  assertKept,
  assertReceiptsKept,
  dueAgain,
  fileAndPay,
  loadedParent,
  untilRegistered,
} from '../kill/parents.ts';
import { freePort } from '../support/free-port.ts';

const seconds = Number(process.env.DRILL_SECONDS ?? 10);
const gigabytes = Number(process.env.DRILL_GB ?? 0);
const folder = await mkdtemp(join(tmpdir(), 'drill-'));
// Postgres runs as another user when this is root, and must reach its folders.
chmodSync(folder, 0o755);
const dataDir = join(folder, 'data');
const [pgData, archive, base] = [join(dataDir, 'postgres'), join(folder, 'archive'), join(folder, 'base')];
const env: NodeJS.ProcessEnv = { ...process.env, DATA_DIR: dataDir };
for (const name of [
  'PORT',
  'DEMO_IDENTITY_PORT',
  'DEMO_HYPERSIC_PORT',
  'DEMO_PAGOPA_PORT',
  'DEMO_PORTAL_PORT',
])
  env[name] = String(await freePort());
let town: ChildProcess | undefined;
try {
  // The first start makes the database; from the second on its log is archived.
  town = await startTown();
  await fill();
  await stop(town);
  mkdirSync(archive);
  chmodSync(archive, 0o777);
  const settings = [
    `archive_mode = on`,
    `archive_command = 'test ! -f ${archive}/%f && cp %p ${archive}/%f'`,
  ];
  appendFileSync(join(pgData, 'postgresql.conf'), `\n${settings.join('\n')}\n`);
  town = await startTown();
  run('dist/demo/load.js', '--children', '2000');
  const { ownUrl, legacyUrl, ownersUrl } = urls();
  await asking(legacyUrl)(dueAgain);
  await copyBase(ownersUrl);

  const [own, legacyDatabase] = [asking(ownUrl), asking(legacyUrl)];
  const acknowledged = await traffic(legacyDatabase);
  await untilRegistered(own);
  const paid = paymentsAtPagopa();
  // The point in time: what comes after is lost with the machine.
  await sleep(1_000);
  const [{ at } = { at: '' }] = (await query(ownersUrl, 'SELECT now()::text AS at')) as { at: string }[];
  await sleep(1_000);
  await own('INSERT INTO service_rating SELECT * FROM service_rating WHERE false');
  await query(ownersUrl, 'CREATE TABLE made_after_the_point (n int)');
  // More than the numbers that Postgres leaves out by itself after a crash.
  const lost = await payWithoutNotice(40);
  const archived = readdirSync(archive).length;
  await query(ownersUrl, 'SELECT pg_switch_wal()');
  while (readdirSync(archive).length === archived) await sleep(100);

  town.kill('SIGKILL');
  await once(town, 'exit');
  const startedAt = performance.now();
  killServer();
  rmSync(pgData, { recursive: true });
  execFileSync('cp', ['-a', base, pgData]);
  const copied = performance.now() - startedAt;
  rmSync(join(pgData, 'postmaster.pid'), { force: true });
  rmSync(join(pgData, 'pg_wal'), { recursive: true });
  execFileSync('install', [
    '-d',
    '-m',
    '700',
    join(pgData, 'pg_wal'),
    join(pgData, 'pg_wal', 'archive_status'),
  ]);
  writeFileSync(join(pgData, 'recovery.signal'), '');
  const recovery = [
    `restore_command = 'cp ${archive}/%f %p'`,
    `recovery_target_time = '${at}'`,
    `recovery_target_action = 'promote'`,
    `archive_mode = off`,
  ];
  appendFileSync(join(pgData, 'postgresql.conf'), `\n${recovery.join('\n')}\n`);
  execFileSync('chown', ['-R', '--reference', base, pgData]);
  await moveNumbers(lost);
  town = await startTown();
  const took = performance.now() - startedAt;
  const after = urls();
  const [ownAfter, registerAfter] = [asking(after.ownUrl), asking(after.legacyUrl)];
  await untilRegistered(ownAfter);
  await assertKept(acknowledged, ownAfter, registerAfter);
  // Of the payments after the point receipts are lost here; those of before are there, each once.
  await assertReceiptsKept(paid, ownAfter);
  assert.ok(paid.length > 0, 'nothing was paid');
  const given = await payWithoutNotice(3);
  const numbers = [...lost, ...given];
  assert.equal(new Set(numbers).size, numbers.length, 'a notice number was given twice');
  assert.deepEqual(
    await query(after.ownersUrl, `SELECT to_regclass('made_after_the_point') AS made`),
    [{ made: null }],
    'it was restored to another point in time',
  );
  const audit = run('dist/commands/audit-verify.js');
  assert.match(audit, /Every chain is whole/);
  console.log(
    `restored in ${Math.round(took)} ms, ${Math.round(copied)} of them for copying, to ${at}: ${acknowledged}, ${paid.length} paid, all kept\n${audit.trim()}`,
  );
} finally {
  if (town?.exitCode === null && town.signalCode === null) await stop(town);
  await rm(folder, { recursive: true, force: true });
}

/** Rows that are not packed: a gigabyte of them is one on disk. */
async function fill(): Promise<void> {
  const rows = Math.round((gigabytes * 1e9) / 8_192);
  await query(
    urls().ownersUrl,
    `CREATE TABLE ballast (n int, bytes text STORAGE EXTERNAL);
     INSERT INTO ballast SELECT n, repeat(md5(n::text), 256) FROM generate_series(1, ${rows}) n`,
  );
}

async function traffic(legacyDatabase: ReturnType<typeof asking>): Promise<Acknowledged> {
  const { issuer, audience } = findRunningTown(dataDir);
  const acknowledged = new Acknowledged();
  const endsAt = Date.now() + seconds * 1_000;
  let next = 0;
  const nextToken = async () => {
    const [parent] = await legacyDatabase(loadedParent(next++));
    return fetchDemoToken({ issuer, audience, code: String(parent?.code), method: 'spid', level: 2 });
  };
  const url = () => `http://127.0.0.1:${env.PORT}/graphql`;
  await fileAndPay({ nextToken, url, acknowledged, isOver: () => Date.now() > endsAt }, 5);
  assert.ok(acknowledged.submitted.size > 0, 'nothing was filed');
  assert.ok(acknowledged.sessions.size > 0, 'no payment was started');
  return acknowledged;
}

/** Receipts that the node has delivered; it keeps its own file. */
function paymentsAtPagopa() {
  const { payments } = JSON.parse(readFileSync(join(dataDir, 'pagopa.json'), 'utf8'));
  return (payments as Parameters<typeof assertReceiptsKept>[0]).filter(
    ({ delivery }) => delivery === 'taken',
  );
}

/** Spontaneous payments, whose positions GPD holds from then on; their notice numbers. */
async function payWithoutNotice(count: number): Promise<readonly string[]> {
  const ask = async (query: string, variables: object = {}) => {
    const answer = await fetch(`http://127.0.0.1:${env.PORT}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    return (await answer.json()) as { data: Record<string, never> };
  };
  const kinds = await ask('{ paymentKinds(search: "mens") { edges { node { id } } } }');
  const [kind] = (kinds.data.paymentKinds as unknown as { edges: { node: { id: string } }[] }).edges;
  const numbers: string[] = [];
  for (let nth = 0; nth < count; nth++) {
    const input = {
      kindId: kind?.node.id,
      privacyAccepted: true,
      payerCodice: 'FRRGLI88S43F205Z',
      payerName: 'Giulia Ferrari',
      email: 'giulia@example.org',
      beneficiaryName: 'Tommaso Colombo',
      period: 'Giugno 2026',
      school: 'PRIMARIA',
      amount: 1_000 + nth,
      returnUrl: 'http://127.0.0.1:1/back',
      idempotencyKey: randomUUID(),
    };
    const { data } = await ask(
      `mutation ($input: SpontaneousPaymentInput!) { createSpontaneousPayment(input: $input) {
        __typename ... on SpontaneousPaymentStarted { numeroAvviso } ... on Problem { code message } } }`,
      { input },
    );
    const made = data.createSpontaneousPayment as unknown as { numeroAvviso?: string };
    assert.match(made.numeroAvviso ?? '', /^3\d{17}$/, JSON.stringify(made));
    numbers.push(made.numeroAvviso ?? '');
  }
  return numbers;
}

/** Step 3 of docs/operations/backup.md: before any program starts, past the highest number that GPD holds. */
async function moveNumbers(held: readonly string[]): Promise<void> {
  const highest = Math.max(...held.map((number) => Number(number.slice(3, 16))));
  const cluster = await startCluster({ dataDir });
  try {
    const url = cluster.urlFor('town');
    const [sequence] = (await query(url, 'SELECT last_value::int AS at FROM spontaneous_notice')) as {
      at: number;
    }[];
    assert.ok(
      Number(sequence?.at) < highest,
      'the restored numbers are ahead by themselves: nothing is proved',
    );
    const step = readFileSync('deploy/postgres/after-restore.sql', 'utf8');
    await query(url, step.replaceAll(':last', String(highest)));
  } finally {
    await cluster.stop();
  }
}

/** Of the base, while the server runs: all that changes meanwhile is in the log. */
async function copyBase(ownersUrl: string): Promise<void> {
  const client = new pg.Client(ownersUrl);
  await client.connect();
  await client.query(`SELECT pg_backup_start('drill', true)`);
  // A file that goes away while it is copied is none that is missed.
  spawnSync('cp', ['-a', pgData, base]);
  const { rows } = await client.query('SELECT labelfile FROM pg_backup_stop()');
  writeFileSync(join(base, 'backup_label'), rows[0].labelfile);
  await client.end();
}

function urls() {
  const { ownUrl, legacyUrl } = findRunningTown(dataDir);
  return { ownUrl, legacyUrl, ownersUrl: legacyUrl.replace(/\/hypersic\?/, '/town?') };
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  await client.connect();
  return (await client.query(sql).finally(() => client.end())).rows;
}

function killServer(): void {
  const pid = Number(execFileSync('head', ['-1', join(pgData, 'postmaster.pid')], { encoding: 'utf8' }));
  process.kill(pid, 'SIGQUIT');
  const isThere = () => {
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  };
  while (isThere()) spawnSync('sleep', ['0.1']);
}

async function startTown(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['dist/demo/start.js'], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  for await (const chunk of child.stdout) if (/ready /.test(String(chunk))) return child;
  throw new Error('The town did not start.');
}

async function stop(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  if (child.exitCode === null) await once(child, 'exit');
}

function run(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return stdout;
}
