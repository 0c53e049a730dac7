// `npm run test:kill`: the whole town of `npm start`, its Postgres left behind, is killed (-9) again and again while
// parents file and pay; what was acknowledged is counted. Kills: KILLS (6); parents at once: PARENTS (25). Stops by
// itself. test/kill/kill.test.ts kills the server, the worker and Postgres one at a time.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fetchDemoToken } from '../../demo/identity/fetch-token.ts';
import { findRunningTown } from '../../demo/running-town.ts';
import { freePort } from '../support/free-port.ts';
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

const kills = Number(process.env.KILLS ?? 6);
const parentsAtOnce = Number(process.env.PARENTS ?? 25);
const folder = await mkdtemp(join(tmpdir(), 'kill-'));
const dataDir = join(folder, 'data');
const env: NodeJS.ProcessEnv = { ...process.env, DATA_DIR: dataDir };
for (const name of [
  'PORT',
  'DEMO_IDENTITY_PORT',
  'DEMO_HYPERSIC_PORT',
  'DEMO_PAGOPA_PORT',
  'DEMO_PORTAL_PORT',
])
  env[name] = String(await freePort());
let town = await startTown();

try {
  run('dist/demo/load.js', '--children', String(parentsAtOnce * (kills + 1) * 8));
  const { issuer, audience, ownUrl, legacyUrl } = findRunningTown(dataDir);
  const [own, legacyDatabase] = [asking(ownUrl), asking(legacyUrl)];
  await legacyDatabase(dueAgain);
  const acknowledged = new Acknowledged();
  let isOver = false;
  let next = 0;
  const nextToken = async () => {
    const nth = next++;
    for (;;) {
      // Null while the town is down.
      const rows = await legacyDatabase(loadedParent(nth)).catch(() => null);
      assert.ok(rows === null || rows.length === 1, 'more parents were wanted than there are');
      const code = String(rows?.[0]?.code);
      const asked = fetchDemoToken({ issuer, audience, code, method: 'spid', level: 2 });
      const token = await asked.catch(() => null);
      if (token !== null) return token;
      await sleep(250);
    }
  };
  const url = () => `http://127.0.0.1:${env.PORT}/graphql`;
  const filing = fileAndPay({ nextToken, url, acknowledged, isOver: () => isOver }, parentsAtOnce);
  // What fails is told below; until then it must not end the process, whose town would stay.
  filing.catch(() => undefined);
  for (let kill = 1; kill <= kills; kill++) {
    await sleep(1_000 + Math.random() * 4_000);
    town.kill('SIGKILL');
    await once(town, 'exit');
    console.log(`kill ${kill}: ${acknowledged}`);
    town = await startTown();
  }
  isOver = true;
  await filing;
  await untilRegistered(own);
  await assertKept(acknowledged, own, legacyDatabase);
  const { payments } = JSON.parse(readFileSync(join(dataDir, 'pagopa.json'), 'utf8'));
  await assertReceiptsKept(payments, own);
  const audit = run('dist/commands/audit-verify.js');
  assert.match(audit, /Every chain is whole/);
  console.log(`${kills} kills: ${acknowledged}, ${payments.length} of them paid, all kept\n${audit.trim()}`);
} finally {
  town.kill('SIGTERM');
  await once(town, 'exit');
  await rm(folder, { recursive: true, force: true });
}

async function startTown(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['dist/demo/start.js'], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  for await (const chunk of child.stdout) if (/ready /.test(String(chunk))) return child;
  throw new Error('The town did not start.');
}

function run(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return stdout;
}
