import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Request } from '../operations/operations.ts';
import { percentile } from '../report/statistics.ts';
import type { Usage } from '../servers/counters.ts';
import type { LoadOrder, LoadResult } from './load.ts';
import { postgresCpuMs } from './postgres-cpu.ts';
import type { Measured, Running } from './processes.ts';

/** One contestant, one operation, one round. */
export interface Measurement {
  readonly contestant: string;
  readonly requests: number;
  readonly failures: number;
  readonly perSecond: number;
  /** Unit: milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Of all its processes. Unit: milliseconds of processor a request. */
  readonly cpuMs: number;
  /** Of Postgres. Unit: milliseconds of processor a request, in steps of ten over all requests. */
  readonly postgresMs: number;
  /** Of all its processes together. */
  readonly peakBytes: number;
  readonly subgraphCalls: number;
  /** Statements a request, by database. */
  readonly statements: Readonly<Record<string, number>>;
}

export interface Driver {
  measure(
    running: Running,
    order: { readonly requests: readonly Request[]; readonly connections: number; readonly seconds: number },
  ): Promise<Measurement>;
  stop(): void;
}

const settleMs = 300;

/** The process that makes the load, and the counting before and after. `dataDir`: of the Postgres behind all. */
export function startDriver(dataDir: string): Driver {
  const child = fork(fileURLToPath(new URL('./load.ts', import.meta.url)), {
    execArgv: ['--no-warnings'],
    serialization: 'advanced',
  });
  return {
    async measure({ contestant, url, front, behind }, order) {
      const processes = [front, ...behind];
      // What the one before left behind is its own.
      await sleep(settleMs);
      const before = await usagesOf(processes);
      const postgresBefore = postgresCpuMs(dataDir);
      const result = await load(child, { url, ...order });
      const after = await usagesOf(processes);
      const postgresMs = postgresCpuMs(dataDir) - postgresBefore;
      const used = after.map((usage, index) => difference(usage, before[index] as Usage));
      const { requests, failures, seconds } = result;
      const latencies = result.latencies.toSorted();
      const total = (of: (usage: Usage) => number) => used.reduce((sum, usage) => sum + of(usage), 0);
      // A process that only starts others has not seen any.
      const asked = used[0]?.requests || requests;
      return {
        contestant: contestant.name,
        requests,
        failures,
        perSecond: requests / seconds,
        p50: percentile(latencies, 0.5),
        p99: percentile(latencies, 0.99),
        cpuMs: total(({ cpuMicros }) => cpuMicros) / 1_000 / asked,
        postgresMs: postgresMs / asked,
        peakBytes: total(({ peakRssBytes }) => peakRssBytes),
        subgraphCalls:
          (total((usage) => usage.subgraphCalls) + total((usage) => usage.requests) - asked) / asked,
        statements: statementsOf(used, asked),
      };
    },
    stop: () => child.disconnect(),
  };
}

async function load(child: ChildProcess, order: LoadOrder): Promise<LoadResult> {
  child.send(order);
  return (await once(child, 'message'))[0] as LoadResult;
}

function usagesOf(processes: readonly Measured[]): Promise<readonly Usage[]> {
  return Promise.all(processes.map((process) => process.usage()));
}

function difference(after: Usage, before: Usage): Usage {
  return {
    requests: after.requests - before.requests,
    subgraphCalls: after.subgraphCalls - before.subgraphCalls,
    statements: Object.fromEntries(
      Object.entries(after.statements).map(([name, count]) => [name, count - (before.statements[name] ?? 0)]),
    ),
    cpuMicros: after.cpuMicros - before.cpuMicros,
    peakRssBytes: after.peakRssBytes,
  };
}

function statementsOf(used: readonly Usage[], requests: number): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const { statements } of used)
    for (const [name, count] of Object.entries(statements)) sums[name] = (sums[name] ?? 0) + count / requests;
  return sums;
}
