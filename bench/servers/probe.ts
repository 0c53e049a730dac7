import { Server } from 'node:http';
import { Session } from 'node:inspector/promises';
import { createRequire } from 'node:module';
import { projectFolder } from '../product.ts';
import { counters, type Usage } from './counters.ts';

// Loaded before a contestant's own program (`--import`): counts what it does and answers when it is asked. The same
// for all of them, so that what it costs is in every figure alike.

type Query = (this: { readonly database?: string }, ...args: unknown[]) => unknown;
const { Client } = createRequire(`${projectFolder}package.json`)('pg') as {
  Client: { prototype: { query: Query } };
};
const { query } = Client.prototype;
Client.prototype.query = function counted(...args) {
  const database = this.database ?? '';
  counters.statements.set(database, (counters.statements.get(database) ?? 0) + 1);
  return query.apply(this, args);
};

const { emit } = Server.prototype;
Server.prototype.emit = function counted(this: Server, event: string, ...args: unknown[]): boolean {
  if (event === 'request') counters.requests++;
  return emit.call(this, event, ...args);
} as typeof emit;

let peakRssBytes = 0;
const watch = () => {
  peakRssBytes = Math.max(peakRssBytes, process.memoryUsage.rss());
};
setInterval(watch, 100).unref();

let session: Session | undefined;

process.on('message', async (question) => {
  if (question === 'start profile') {
    session = new Session();
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: 200 });
    await session.post('Profiler.start');
    process.send?.('started');
  }
  if (question === 'stop profile') process.send?.((await session?.post('Profiler.stop'))?.profile);
  if (question !== 'usage') return;
  watch();
  const { user, system } = process.cpuUsage();
  const usage: Usage = {
    requests: counters.requests,
    subgraphCalls: counters.subgraphCalls,
    statements: Object.fromEntries(counters.statements),
    cpuMicros: user + system,
    peakRssBytes,
  };
  peakRssBytes = 0;
  process.send?.(usage);
});
// A contestant without a parent ends: nothing of a measurement stays behind.
process.on('disconnect', () => process.exit(0));
