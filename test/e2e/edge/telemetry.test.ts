import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema, parse } from 'graphql';
import { type Metrics, openMetrics } from '../../../core/telemetry/metrics.ts';
import { openTelemetry } from '../../../core/telemetry/open-telemetry.ts';
import { noTelemetry, type Telemetry } from '../../../core/telemetry/telemetry.ts';
import { claudia } from '../../../demo/town/people.ts';
import { observeDeprecated } from '../../../gateway/http/observe-deprecated.ts';
import { freePort } from '../../support/free-port.ts';
import { FamilyDocument } from '../client.generated.ts';
import { openTestTown, type TestTown, transports } from '../open-test-town.ts';

describe('telemetry', () => {
  it('is nothing at all unless it is configured', async () => {
    expect(await openTelemetry({ metricsPort: null, otlpEndpoint: null }, '127.0.0.1', 'test')).toBe(
      noTelemetry,
    );
  });
});

describe('metrics', () => {
  let metrics: Metrics;
  beforeAll(async () => {
    metrics = await openMetrics(0, '127.0.0.1');
  });
  afterAll(() => metrics.close());
  const read = async () => (await fetch(`http://127.0.0.1:${metrics.port}/metrics`)).text();

  it('tell breakers by their state, and numbers that cannot be read by their absence', async () => {
    metrics.changed('register', 'open');
    metrics.called('register', 'timeout', 4);
    metrics.gauge('jobs_waiting', async () => Promise.reject(new Error('The database is away.')));
    metrics.gauge('requests_in_flight', () => [{ label: '', value: 7 }]);
    const schema = buildSchema(
      'type Query { now: Int old: Int @deprecated(reason: "Since 2026-01-01: use now") }',
    );
    const observe = observeDeprecated(schema, {
      ...noTelemetry,
      isOn: true,
      deprecated: (member, client) => metrics.deprecated(member, client),
    });
    observe(parse('{ now again: old old }'), { kind: 'machine', clientId: 'kiosk', scopes: [] });
    observe(parse('{ now }'), { kind: 'anonymous' });
    const text = await read();
    expect(text).toContain('school_deprecated_uses_total{member="Query.old",client="kiosk"} 1');
    expect(text).not.toContain('client=""');
    expect(text).toContain('school_breaker_state{counterpart="register"} 2');
    expect(text).toContain('school_counterpart_seconds_count{counterpart="register",outcome="timeout"} 1');
    expect(text).toContain('school_requests_in_flight{label=""} 7');
    expect(text).not.toMatch(/school_jobs_waiting\{/);
    expect(text).toContain('process_cpu_seconds_total');
  });

  it('are at their own address and nowhere else', async () => {
    expect((await fetch(`http://127.0.0.1:${metrics.port}/`)).status).toBe(404);
  });
});

describe.each(transports)('of a town whose subgraphs are %s', (transport) => {
  let town: TestTown;
  let telemetry: Telemetry;
  let metricsPort: number;
  const bodies: string[] = [];
  const collector = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    bodies.push(Buffer.concat(chunks).toString());
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  beforeAll(async () => {
    collector.listen(0, '127.0.0.1');
    await once(collector, 'listening');
    const { port } = collector.address() as AddressInfo;
    metricsPort = await freePort();
    telemetry = await openTelemetry(
      { metricsPort, otlpEndpoint: `http://127.0.0.1:${port}` },
      '127.0.0.1',
      'test',
    );
    town = await openTestTown(transport, { telemetry });
  });
  afterAll(() => void collector.close());

  it('metrics and traces tell of requests, plans, calls and queues, and of nobody', async () => {
    const token = await town.tokenOf(claudia.codiceFiscale);
    const answer = await town.ask(FamilyDocument, {}, token);
    const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    // Sends what is not sent yet.
    await town.close();
    expect(answer.errors).toBeUndefined();
    for (const line of [
      'school_request_seconds_count{status="200"}',
      'school_part_seconds_count{part="plan",name="new",outcome="ok"} 1',
      'school_part_seconds_count{part="subgraph",name="school-billing",outcome="ok"}',
      'school_counterpart_seconds_count{counterpart="register",outcome="ok"}',
      'school_requests_in_flight{label=""}',
      'school_jobs_waiting{label="practices.register"} 0',
      'school_jobs_oldest_seconds{label="practices.register"} 0',
    ])
      expect(metrics).toContain(line);
    const spans = bodies.flatMap((body) =>
      JSON.parse(body).resourceSpans.flatMap((r: { scopeSpans: { spans: Span[] }[] }) =>
        r.scopeSpans.flatMap((s) => s.spans),
      ),
    ) as Span[];
    const request = spans.find(({ name }) => name === 'request');
    const mine = spans.filter(({ traceId }) => traceId === request?.traceId);
    expect(new Set(mine.map(({ name }) => name))).toEqual(
      new Set([
        'request',
        'plan new',
        'call register',
        ...['anagrafe', 'practices', 'school-billing', 'payments'].map((name) => `subgraph ${name}`),
        ...(transport === 'http'
          ? ['anagrafe', 'practices', 'school-billing', 'payments'].map((name) => `call subgraph ${name}`)
          : []),
      ]),
    );
    expect(bodies.join() + metrics).not.toMatch(/RSSCLD|Claudia|eyJ|Luca/);
  });
});

interface Span {
  readonly name: string;
  readonly traceId: string;
}
