// What the worst documents cost, and what others notice of them: how long each takes to be refused or answered, how long
// a plan of as many selections as there may be takes, and how long an honest caller waits while a hostile one sends all
// of them as fast as it can over eight connections. `npm run bench:protections`, or this file alone.
//
// Exits with 1 when a median is past what was promised: refused within 50 ms, planned within 30 ms. For refusals that is
// the thread's own time, which says the same on a machine that does other things besides.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import * as graphql from 'graphql';
import { claudia, giulia } from '../../dist/demo/town/people.js';
import { buildApiSchema } from '../../dist/gateway/executor/api-schema.js';
import { createPlanner } from '../../dist/gateway/planner/create-planner.js';
import { asking } from './asking.mjs';
import { documentOf, largestDocuments, refusedDocuments } from './hostile-documents.mjs';
import { openProductionGateway } from './production-gateway.mjs';

const runs = Number(process.env.HOSTILE_RUNS ?? 25);
const attackMs = Number(process.env.ATTACK_MS ?? 10_000);
const hostileConnections = 8;
const refusedWithinMs = 50;
const plannedWithinMs = 30;
const mostSelections = 1_000;

if (process.argv[2] === undefined) await measure();
else await { honest, hostile }[process.argv[2]](...process.argv.slice(3));

async function measure() {
  await planning();
  // Whoever has many addresses and may send any document; in production's defaults nobody may.
  const open = { trustedOperations: 'allow', ratePerMinute: 0, lookupsPerMinute: 0, trustedProxies: 1 };
  await within(open, async (gateway) => {
    await eachAlone(gateway);
    await attacked(gateway, 'any document, and no rate limit');
  });
  await within({ trustedProxies: 1 }, (gateway) => attacked(gateway, "production's defaults"));
}

async function within(edge, work) {
  const gateway = await openProductionGateway(edge);
  await work(gateway).finally(() => gateway.close());
}

async function planning() {
  const planner = createPlanner(await readFile('schema/supergraph.graphql', 'utf8'));
  const schema = buildApiSchema(planner.apiSdl);
  const took = [];
  for (let seed = 1; seed <= runs * 2; seed++) {
    const text = documentOf(mostSelections, schema, graphql, seed * 7_919);
    const document = graphql.parse(text, { noLocation: true });
    const [invalid] = graphql.validate(schema, document);
    if (invalid) throw invalid;
    took.push(await fastest(() => planner.plan(graphql.print(document), document.definitions[0].name.value)));
  }
  const { median, worst } = summary(took);
  console.log(
    `planning ${mostSelections} selections, ${took.length} documents: median ${median} ms, worst ${worst} ms`,
  );
  promise(took, plannedWithinMs, 'planning');
}

/** Of three: the machine does other things besides. */
async function fastest(work) {
  const took = [];
  for (let turn = 0; turn < 3; turn++) {
    const startedAt = performance.now();
    await work();
    took.push(performance.now() - startedAt);
  }
  return Math.min(...took);
}

async function eachAlone({ port, tokenOf }) {
  const ask = asking(port, await tokenOf(claudia.codiceFiscale), { address: '192.0.2.1' });
  for (let warm = 0; warm < 50; warm++) await ask(bodyOf('{ me { a{n}: id } }'));
  for (const [kind, documents] of Object.entries({ refused: refusedDocuments, answered: largestDocuments })) {
    for (const [name, text] of Object.entries(documents)) {
      const took = [];
      const worked = [];
      for (let run = 0; run < runs; run++) {
        const [startedAt, before] = [performance.now(), process.threadCpuUsage()];
        const { status } = await ask(bodyOf(text));
        took.push(performance.now() - startedAt);
        const { user, system } = process.threadCpuUsage(before);
        worked.push((user + system) / 1_000);
        if ((status === 200) !== (kind === 'answered')) throw new Error(`${name}: status ${status}`);
      }
      const { median, worst } = summary(took);
      const { median: thread } = summary(worked);
      console.log(`${kind}: ${name}: median ${median} ms (of the thread ${thread}), worst ${worst} ms`);
      if (kind === 'refused') promise(worked, refusedWithinMs, name);
    }
  }
  ask.close();
}

/** Each caller in a process of its own: what is measured is the gateway. */
async function attacked({ port, tokenOf }, name) {
  const tokens = {
    honest: await tokenOf(giulia.codiceFiscale),
    hostile: await tokenOf(claudia.codiceFiscale),
  };
  const start = (role) => fork(new URL(import.meta.url).pathname, [role, String(port), tokens[role]]);
  const honest = async () => {
    const [took] = await once(start('honest'), 'message');
    return took;
  };
  await honest();
  const withAdvisoryLock = await honest();
  const attacker = start('hostile');
  await once(attacker, 'message');
  const beside = await honest();
  attacker.send('stop');
  const [statuses] = await once(attacker, 'message');
  console.log(`${name}: an honest caller beside ${hostileConnections} hostile connections`);
  for (const kind of Object.keys(withAdvisoryLock)) {
    const [before, during] = [summary(withAdvisoryLock[kind]), summary(beside[kind])];
    console.log(
      `  ${kind}: alone median ${before.median} ms, p99 ${before.p99} ms; beside them median ${during.median} ms, p99 ${during.p99} ms, ${beside[kind].length} requests`,
    );
  }
  console.log(`  the hostile caller was answered ${JSON.stringify(statuses)}`);
}

/** A person with a browser: the flagship and a small query, one after the other. */
async function honest(port, token) {
  const ask = asking(Number(port), token, { address: '198.51.100.7' });
  const query = await readFile('gateway/flagship.graphql', 'utf8');
  const manifest = JSON.parse(await readFile('schema/documents.json', 'utf8'));
  const small = manifest.operations.map(({ body }) => body).find((body) => /\bquery Family\b/.test(body));
  const bodies = {
    flagship: JSON.stringify({ query, variables: { invoices: 50 } }),
    small: JSON.stringify({ query: small }),
  };
  const took = { flagship: [], small: [] };
  for (const end = performance.now() + attackMs; performance.now() < end; ) {
    for (const [kind, body] of Object.entries(bodies)) {
      const startedAt = performance.now();
      const { status, size } = await ask(body);
      took[kind].push(performance.now() - startedAt);
      if (status !== 200) throw new Error(`The honest caller was answered ${status}, ${size} bytes.`);
      // Below what one caller may ask for in a minute.
      await sleep(60);
    }
  }
  process.send(took);
  process.disconnect();
}

async function hostile(port, token) {
  const documents = [...Object.values(refusedDocuments), ...Object.values(largestDocuments)];
  const statuses = {};
  let isOver = false;
  process.once('message', () => {
    isOver = true;
  });
  const attack = async (_, connection) => {
    const ask = asking(Number(port), token, { address: `203.0.113.${connection}` });
    for (let at = connection * 3; !isOver; at++) {
      const { status } = await ask(bodyOf(documents[at % documents.length])).catch(() => ({
        status: 'reset',
      }));
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
    ask.close();
  };
  process.send('ready');
  await Promise.all(Array.from({ length: hostileConnections }, attack));
  process.send(statuses);
  process.disconnect();
}

function bodyOf(text) {
  bodyOf.count = (bodyOf.count ?? 0) + 1;
  return JSON.stringify({ query: text.replaceAll('{n}', String(bodyOf.count)) });
}

function summary(took) {
  const sorted = [...took].sort((a, b) => a - b);
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))].toFixed(1);
  return { median: at(0.5), p99: at(0.99), worst: sorted.at(-1).toFixed(1) };
}

function promise(took, withinMs, what) {
  if (Number(summary(took).median) < withinMs) return;
  console.error(`${what}: the median is past ${withinMs} ms`);
  process.exitCode = 1;
}
