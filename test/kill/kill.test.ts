import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { systemClock } from '../../core/clock.ts';
import { openDatabase } from '../../core/database.ts';
import { appRole, createRoles, migrateRole } from '../../demo/postgres/create-roles.ts';
import { type Cluster, startCluster } from '../../demo/postgres/start-cluster.ts';
import { loadChildren } from '../../demo/town/load-children.ts';
import { seedOwnTown } from '../../demo/town/seed-own-town.ts';
import { migrate } from '../../subgraphs/migrate.ts';
import { createAuditKeys } from '../../subgraphs/shared/audit/audit-keys.ts';
import { verifyAudit } from '../../subgraphs/shared/audit/verify-audit.ts';
import { legacyTownCopy } from '../support/databases.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { rolePasswords } from '../support/share-cluster.ts';
import { openSurroundings, type Surroundings, type TownProcess } from '../support/town-processes.ts';
import {
  Acknowledged,
  asking,
  assertKept,
  assertReceiptsKept,
  dueAgain,
  fileAndPay,
  loadedParent,
  untilRegistered,
} from './parents.ts';

// `npm run soak` kills sixty times. A seed repeats who is killed and when, as far as a machine repeats itself.
const kills = Number(process.env.KILLS ?? 2);
const parentsAtOnce = Number(process.env.PARENTS ?? 2);
/** More than can file meanwhile. */
const children = 60 + kills * 40;
const seed = Number(process.env.KILL_SEED ?? Math.floor(Math.random() * 2 ** 31));
const victims = ['server', 'worker', 'Postgres'] as const;

let folder: string;
let cluster: Cluster;
let legacyUrl: string;
let ownUrl: string;
let surroundings: Surroundings;
const running = {} as Record<'server' | 'worker', TownProcess>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kill-'));
  // Our own database keeps what it promised also when it is killed; the legacy system is somebody else's.
  cluster = await startCluster({ dataDir: folder });
  await cluster.createDatabase('town');
  const service = { name: appRole, password: rolePasswords.app };
  ownUrl = cluster.urlFor('town');
  await createRoles(ownUrl, rolePasswords);
  await migrate(cluster.urlFor('town', { name: migrateRole, password: rolePasswords.migrate }), appRole);
  await seedOwnTown(ownUrl, systemClock);
  legacyUrl = await legacyTownCopy();
  await loadChildren(legacyUrl, children, systemClock);
  await asking(legacyUrl)(dueAgain);
  surroundings = await openSurroundings({
    legacyUrl,
    ownUrl: cluster.urlFor('town', service),
    hypersicTiming: { timeoutMs: 1_000, settleMs: 2_000 },
  });
  running.server = await surroundings.start('server');
  running.worker = await surroundings.start('worker');
}, 180_000);
afterAll(async () => {
  await surroundings?.close();
  await cluster?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function kill(victim: (typeof victims)[number]): Promise<void> {
  if (victim !== 'Postgres') {
    running[victim].process.kill('SIGKILL');
    await running[victim].exited;
    running[victim] = await surroundings.start(victim);
    return;
  }
  const pid = Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
  process.kill(pid, 'SIGKILL');
  await cluster.stop();
  cluster = await startCluster({ dataDir: folder });
}

it(
  `loses nothing that was acknowledged, whoever is killed and when (${kills} kills, seed ${seed})`,
  async () => {
    const random = seededRandom(seed);
    const [own, legacyDatabase] = [asking(ownUrl), asking(legacyUrl)];
    const acknowledged = new Acknowledged();
    let isOver = false;
    let next = 0;
    const nextToken = async () => {
      const [parent] = await legacyDatabase(loadedParent(next++));
      if (parent === undefined) throw new Error('More parents were wanted than there are.');
      return surroundings.tokenOf(String(parent.code));
    };
    const load = { nextToken, url: () => running.server.url, acknowledged, isOver: () => isOver };
    const filing = fileAndPay(load, parentsAtOnce);
    let hasFailed = false;
    // Thrown below: until then what fails must not end the run, which has processes to stop.
    filing.catch(() => {
      hasFailed = true;
    });
    const { payments } = surroundings.pagopa.ledger;
    const first = Math.floor(random() * victims.length);
    const progress: string[] = [];
    for (let count = 0; count < kills; count++) {
      const before = acknowledged.submitted.size;
      // Whoever is killed is at work.
      while ((acknowledged.submitted.size < before + 2 || payments.length <= count) && !hasFailed)
        await sleep(50);
      await sleep(random() * 1_000);
      const victim = victims[(first + count) % victims.length] ?? 'server';
      await kill(victim);
      progress.push(`${victim} after ${acknowledged.submitted.size - before} more`);
      for (const { process: child, log } of Object.values(running))
        expect([progress.join(), child.exitCode, child.exitCode === null ? '' : log()]).toEqual([
          progress.join(),
          null,
          '',
        ]);
    }
    await sleep(500);
    isOver = true;
    await filing;
    await untilRegistered(own);
    await surroundings.pagopa.settled();
    await assertKept(acknowledged, own, legacyDatabase);
    await assertReceiptsKept(payments, own);
    const database = await openDatabase({ url: ownUrl, entities: [], migrations: [] });
    const { chains, faults } = await verifyAudit(
      database,
      createAuditKeys(surroundings.auditSecrets),
    ).finally(() => database.destroy());
    expect(faults).toEqual([]);
    expect(chains).toBeGreaterThan(0);
    expect(acknowledged.submitted.size).toBeGreaterThanOrEqual(kills * 2);
    console.info(
      `killed: ${progress.join('; ')}. ${acknowledged}, ${payments.length} of them paid, all kept`,
    );
  },
  180_000 + kills * 60_000,
);
