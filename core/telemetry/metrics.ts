import { createServer } from 'node:http';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { closeServer, listenAt } from '../http/listen.ts';
import type { CallFailure, GuardState } from '../resilience/guard.ts';
import { type GaugeName, gauges, type Part, type Reading } from './telemetry.ts';

/** Prometheus metrics of this process, at `http://<host>:<port>/metrics` and at no public address. */
export interface Metrics {
  readonly port: number;
  requested(status: number, seconds: number): void;
  took(part: Part, name: string, outcome: 'ok' | 'failed', seconds: number): void;
  called(counterpart: string, outcome: 'ok' | 'failed' | CallFailure, seconds: number): void;
  deprecated(member: string, client: string): void;
  changed(counterpart: string, state: GuardState): void;
  refused(code: string): void;
  logged(level: 'info' | 'warn' | 'error', event: string): void;
  gauge(name: GaugeName, read: () => Promise<readonly Reading[]> | readonly Reading[]): void;
  close(): Promise<void>;
}

const buckets = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const states: Readonly<Record<GuardState, number>> = { closed: 0, 'half-open': 1, open: 2 };

/** Events that alerts watch begin at nought, or their first increase would not be seen. */
const watchedEvents = [
  'audit.unkept',
  'audit.unanchored',
  'payments.receipt.orphaned',
  'register.refused',
  'register.double',
] as const;

/** The instruments, under the names that dashboards and alerts use. */
function createInstruments(registry: Registry) {
  const histogram = <const Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Histogram({ name, help, labelNames, buckets, registers: [registry] });
  const requests = histogram('school_request_seconds', 'HTTP requests, by status', ['status']);
  const parts = histogram('school_part_seconds', 'Parts of requests: plans and subgraph calls', [
    'part',
    'name',
    'outcome',
  ]);
  const calls = histogram('school_counterpart_seconds', 'Calls to counterparts, by how they ended', [
    'counterpart',
    'outcome',
  ]);
  const breakers = new Gauge({
    name: 'school_breaker_state',
    help: 'Circuit breakers: 0 closed, 1 half-open, 2 open',
    labelNames: ['counterpart'] as const,
    registers: [registry],
  });
  const deprecated = new Counter({
    name: 'school_deprecated_uses_total',
    help: 'Operations that use a deprecated member of the schema, by client',
    labelNames: ['member', 'client'] as const,
    registers: [registry],
  });
  const errors = new Counter({
    name: 'school_errors_total',
    help: 'Requests answered with an error, by the code of the first one',
    labelNames: ['code'] as const,
    registers: [registry],
  });
  const events = new Counter({
    name: 'school_events_total',
    help: 'Warnings and errors of the log, by event',
    labelNames: ['event'] as const,
    registers: [registry],
  });
  for (const event of watchedEvents) events.inc({ event }, 0);
  return { requests, parts, calls, breakers, deprecated, errors, events };
}

export async function openMetrics(port: number, host: string): Promise<Metrics> {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const { requests, parts, calls, breakers, deprecated, errors, events } = createInstruments(registry);
  const server = createServer(async (request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') return response.writeHead(404).end();
    try {
      response.writeHead(200, { 'content-type': registry.contentType }).end(await registry.metrics());
    } catch {
      response.writeHead(500).end();
    }
  });
  return {
    port: await listenAt(server, { port, host, portVariable: 'METRICS_PORT' }),
    requested: (status, seconds) => requests.observe({ status }, seconds),
    took: (part, name, outcome, seconds) => parts.observe({ part, name, outcome }, seconds),
    called(counterpart, outcome, seconds) {
      calls.observe({ counterpart, outcome }, seconds);
    },
    deprecated: (member, client) => deprecated.inc({ member, client }),
    changed: (counterpart, state) => breakers.set({ counterpart }, states[state]),
    refused: (code) => errors.inc({ code }),
    logged(level, event) {
      if (level !== 'info') events.inc({ event });
    },
    gauge(name, read) {
      new Gauge({
        name: `school_${name}`,
        help: gauges[name],
        labelNames: ['label'] as const,
        registers: [registry],
        async collect() {
          this.reset();
          // A database that is away must not take the other numbers along.
          const readings = await Promise.resolve()
            .then(read)
            .catch(() => []);
          for (const { label, value } of readings) this.set({ label }, value);
        },
      });
    },
    async close() {
      await closeServer(server, 0);
      registry.clear();
    },
  };
}
