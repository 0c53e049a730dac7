// `npm run test:kill`: the town is killed (-9) again and again while parents file; what was acknowledged is counted.
// Kills: KILLS (6); parents who file at once: PARENTS (25). Stops by itself.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

const kills = Number(process.env.KILLS ?? 6);
const parents = Number(process.env.PARENTS ?? 25);
const folder = await mkdtemp(join(tmpdir(), 'kill-'));
const env = {
  ...process.env,
  DATA_DIR: join(folder, 'data'),
  PORT: '4381',
  DEMO_IDENTITY_PORT: '4382',
  DEMO_HYPERSIC_PORT: '4383',
  DEMO_PAGOPA_PORT: '4384',
};
const url = `http://127.0.0.1:${env.PORT}/graphql`;
let town = await startTown();

try {
  run('dist/demo/load.js', '--children', String(parents * 2));
  const tokens = Array.from({ length: parents }, (_, index) =>
    run('dist/demo/token.js', '--nth', String(index + 1)).trim(),
  );
  /** What the server said is done: practice ids by what was acknowledged. */
  const acknowledged = { started: new Set(), submitted: new Set() };
  let isOver = false;
  const filing = Promise.all(tokens.map((token) => fileUntil(() => isOver, token, acknowledged)));
  // What fails is told below; until then it must not end the process, whose town would stay.
  filing.catch(() => undefined);
  for (let kill = 1; kill <= kills; kill++) {
    await sleep(1_000 + Math.random() * 4_000);
    town.kill('SIGKILL');
    await once(town, 'exit');
    console.log(`kill ${kill}: ${acknowledged.started.size} started, ${acknowledged.submitted.size} sent`);
    town = await startTown();
  }
  isOver = true;
  await filing;
  await untilRegistered(acknowledged.submitted);
  await count(acknowledged);
  const audit = run('dist/subgraphs/start-audit-verify.js');
  assert.match(audit, /Every chain is whole/);
  console.log(audit.trim());
} finally {
  town.kill('SIGTERM');
  await once(town, 'exit');
  await rm(folder, { recursive: true, force: true });
}

/** A parent who files for the first child, again and again, and repeats what was cut off with the same key. */
async function fileUntil(isOver, token, acknowledged) {
  const { me, practiceTemplates } = await untilAnswered(
    token,
    `{ me { children { id } } practiceTemplates: practiceCategories { procedures { templates { id title isOpen } } } }`,
  );
  const [template] = practiceTemplates
    .flatMap(({ procedures }) => procedures)
    .flatMap(({ templates }) => templates)
    .filter(({ title, isOpen }) => isOpen && /certificazione/i.test(title));
  for (const child of me.children) {
    if (isOver()) return;
    const input = { templateId: template.id, childId: child.id, idempotencyKey: randomUUID() };
    const { startPractice } = await untilAnswered(
      token,
      `mutation ($input: StartPracticeInput!) { startPractice(input: $input) { __typename ... on PracticeStarted { practice { id version problems { path } } } } }`,
      input,
    );
    if (startPractice.__typename !== 'PracticeStarted') continue;
    const { id, version, problems } = startPractice.practice;
    acknowledged.started.add(id);
    const answers = [
      { code: 'ANNO', value: '2025' },
      { code: 'PRIVACY', value: 'true' },
      ...(problems.some(({ path }) => path === 'answers.RICH_EMAIL')
        ? [{ code: 'RICH_EMAIL', value: 'genitore@example.com' }]
        : []),
    ];
    const { savePractice } = await untilAnswered(
      token,
      `mutation ($input: SavePracticeInput!) { savePractice(input: $input) { __typename ... on PracticeSaved { practice { version problems { path } } } } }`,
      { practiceId: id, version, answers },
    );
    assert.equal(savePractice.__typename, 'PracticeSaved');
    const { submitPractice } = await untilAnswered(
      token,
      `mutation ($input: SubmitPracticeInput!) { submitPractice(input: $input) { __typename ... on PracticeIncomplete { problems { path } } } }`,
      { practiceId: id, version: savePractice.practice.version },
    );
    assert.deepEqual(submitPractice, { __typename: 'PracticeSubmitted' });
    acknowledged.submitted.add(id);
  }
}

/** As a patient client: what got no answer is asked again, in the same words. */
async function untilAnswered(token, query, input) {
  for (let attempt = 0; attempt < 400; attempt++) {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, ...(input ? { variables: { input } } : {}) }),
      signal: AbortSignal.timeout(10_000),
    })
      .then((response) => response.json())
      .catch(() => null);
    if (answer?.data && !answer.errors) return answer.data;
    await sleep(250);
  }
  throw new Error(`No answer to ${query}`);
}

async function untilRegistered(submitted) {
  for (let seconds = 0; seconds < 240; seconds++) {
    const rows = await ask(
      'DATABASE_URL',
      'SELECT count(*)::int AS open FROM practice_submission WHERE completed_at IS NULL',
    );
    if (rows[0].open === 0) return;
    await sleep(1_000);
  }
  throw new Error(`Of ${submitted.size} applications some did not reach the register.`);
}

/** Every acknowledged application is there, filed once, and once in the register. */
async function count({ started, submitted }) {
  const idOf = (row) => Buffer.from(`Practice:O/${row.id}`).toString('base64url');
  const practices = await ask('DATABASE_URL', 'SELECT id, status FROM practice');
  const kept = new Map(practices.map((row) => [idOf(row), row.status]));
  for (const id of started) assert.ok(kept.has(id), 'an acknowledged draft is lost');
  for (const id of submitted) assert.notEqual(kept.get(id), 'DRAFT', 'an acknowledged application is lost');
  const submissions = await ask('DATABASE_URL', 'SELECT reference, practice_id FROM practice_submission');
  assert.equal(new Set(submissions.map((row) => row.practice_id)).size, submissions.length);
  const entries = await ask('HYPERSIC_DATABASE_URL', 'SELECT "OGGETTO" AS subject FROM "PROT_GEN"');
  const times = submissions.map(
    ({ reference }) => entries.filter(({ subject }) => subject.includes(reference)).length,
  );
  assert.deepEqual([...new Set(times)], [1], 'an application is not in the register exactly once');
  const events = await ask(
    'DATABASE_URL',
    `SELECT count(*)::int AS sent FROM audit_event WHERE event LIKE '%"Practice.submit"%' AND event LIKE '%"allowed"%'`,
  );
  assert.ok(events[0].sent >= submitted.size, 'an application was filed without its audit event');
  console.log(
    `${kills} kills: ${started.size} drafts and ${submitted.size} applications acknowledged, all kept; ${submissions.length} in the register, each once`,
  );
}

async function ask(variable, text) {
  const { environment } = JSON.parse(readFileSync(join(env.DATA_DIR, 'town.json'), 'utf8'));
  const client = new pg.Client(environment[variable]);
  await client.connect();
  return client
    .query(text)
    .then(
      ({ rows }) => rows,
      (error) => {
        throw error;
      },
    )
    .finally(() => client.end());
}

async function startTown() {
  const child = spawn(process.execPath, ['dist/demo/start.js'], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  for await (const chunk of child.stdout) if (/ready /.test(String(chunk))) return child;
  throw new Error('The town did not start.');
}

function run(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return stdout;
}

function sleep(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
