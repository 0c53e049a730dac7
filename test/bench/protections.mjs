// What the protections cost: the flagship through the gateway as it is in production, and through Apollo Server and
// the executor alone, in one process over the same subgraphs, in rounds that take turns. `npm run bench:protections`.
//
// What is compared is this process's own processor time for a request: it bounds how many can be answered, and says
// the same on a machine that does other things besides.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import express from 'express';
import { silentLog } from '../../dist/core/log.js';
import { claudia } from '../../dist/demo/town/people.js';
import { createPlanExecutor } from '../../dist/gateway/executor/create-executor.js';
import { asking } from './asking.mjs';
import { openProductionGateway } from './production-gateway.mjs';

const rounds = Number(process.env.ROUNDS ?? 12);
const roundMs = Number(process.env.ROUND_MS ?? 2_000);
const connections = 8;
/** The flagship has 68,191 bytes; an answer with errors in it is shorter. Unit: bytes. */
const wholeAnswer = 50_000;

if (process.argv[2] === 'load') await load(...process.argv.slice(3));
else await measure();

async function measure() {
  const whole = await openProductionGateway({ ratePerMinute: 1_000_000 });
  try {
    const bare = await openBare(whole);
    whole.onClose(() => bare.close());
    const contestants = { all: whole.port, none: bare.address().port };
    const token = await whole.tokenOf(claudia.codiceFiscale);
    for (const port of Object.values(contestants)) await runLoad(port, token, 3_000);
    const pairs = [];
    for (let round = 0; round < rounds; round++) {
      const rates = {};
      const order = Object.entries(contestants);
      for (const [name, port] of round % 2 ? order : order.reverse()) rates[name] = await costOf(port, token);
      pairs.push(rates);
      const { all, none } = rates;
      console.log(
        `round ${round + 1}: all ${all.toFixed(2)} ms, none ${none.toFixed(2)} ms, ratio ${(all / none).toFixed(3)}`,
      );
    }
    const ratios = pairs.map(({ all, none }) => all / none).sort((a, b) => a - b);
    const median = ratios[Math.floor(ratios.length / 2)];
    console.log(
      `with all protections the flagship costs ${((median - 1) * 100).toFixed(1)} % more (median of ${rounds} rounds)`,
    );
  } finally {
    await whole.close();
  }
}

/** The caller and the request context, which any server needs; nothing else. */
async function openBare({ supergraphSdl, host, verifier }) {
  const executor = createPlanExecutor({ supergraphSdl, transport: host.transport });
  const apollo = new ApolloServer({
    gateway: {
      load: async () => ({
        executor: ({ document, request: asked, operationName, context }) =>
          executor.execute({ document, operationName, variables: asked.variables ?? {}, request: context }),
      }),
      onSchemaLoadOrUpdate(callback) {
        callback({ apiSchema: executor.apiSchema, coreSupergraphSdl: supergraphSdl });
        return () => undefined;
      },
      stop: async () => undefined,
    },
  });
  await apollo.start();
  const app = express();
  app.use(
    '/graphql',
    express.json({ limit: '10mb' }),
    expressMiddleware(apollo, {
      context: async ({ req }) => {
        const caller = await verifier.verify(req.headers.authorization);
        const request = host.openContext({ caller, requestId: 'r', language: 'it' });
        return {
          context: request,
          headers: {},
          requestId: 'r',
          signal: new AbortController().signal,
          log: silentLog,
        };
      },
    }),
  );
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** Processor time of a request. Unit: milliseconds. */
async function costOf(port, token) {
  const before = process.cpuUsage();
  const { count } = await runLoad(port, token, roundMs);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / count;
}

async function runLoad(port, token, ms) {
  const child = fork(new URL(import.meta.url).pathname, ['load', String(port), token, String(ms)]);
  const ended = once(child, 'exit');
  const done = await Promise.race([once(child, 'message'), ended.then(() => null)]);
  await ended;
  if (done === null) throw new Error('the load ended without a count');
  return done[0];
}

async function load(port, token, ms) {
  const query = await readFile('gateway/flagship.graphql', 'utf8');
  const body = JSON.stringify({ query, variables: { invoices: 50 } });
  const ask = asking(Number(port), token, { connections });
  const startedAt = performance.now();
  let count = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() - startedAt < Number(ms)) {
        const { status, size, head } = await ask(body);
        if (status !== 200 || size <= wholeAnswer) throw new Error(`${status}, ${size} bytes: ${head}`);
        count++;
      }
    }),
  );
  process.send({ count });
  ask.close();
  process.disconnect();
}
