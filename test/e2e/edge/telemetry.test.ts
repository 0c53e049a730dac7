import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema, parse } from 'graphql';
import { stringify } from 'yaml';
import { createLog } from '../../../core/log.ts';
import { projectFile } from '../../../core/project-root.ts';
import { type Metrics, openMetrics } from '../../../core/telemetry/metrics.ts';
import { openTelemetry } from '../../../core/telemetry/open-telemetry.ts';
import { gauges, noTelemetry, type Reading, type Telemetry } from '../../../core/telemetry/telemetry.ts';
import { claudia } from '../../../demo/town/people.ts';
import { observeDeprecated } from '../../../gateway/http/observe-deprecated.ts';
import { freePort } from '../../support/free-port.ts';
import { firingAlerts, readScrape } from '../../support/prom-rules.ts';
import { itWith, runTool } from '../../support/tool.ts';
import { FamilyDocument } from '../client.generated.ts';
import { openTestTown, type TestTown, transports } from '../open-test-town.ts';

describe('telemetry', () => {
  it('is off unless it is configured', async () => {
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
    metrics.changed('legacy', 'open');
    metrics.called('legacy', 'timeout', 4);
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
    metrics.logged('warn', 'register.failed');
    metrics.logged('info', 'request');
    metrics.refused('TIMEOUT');
    const text = await read();
    expect(text).toContain('school_deprecated_uses_total{member="Query.old",client="kiosk"} 1');
    expect(text).not.toContain('client=""');
    expect(text).toContain('school_events_total{event="register.failed"} 1');
    expect(text).toContain('school_events_total{event="audit.unkept"} 0');
    expect(text).not.toContain('event="request"');
    expect(text).toContain('school_errors_total{code="TIMEOUT"} 1');
    expect(text).toContain('school_breaker_state{counterpart="legacy"} 2');
    expect(text).toContain('school_counterpart_seconds_count{counterpart="legacy",outcome="timeout"} 1');
    expect(text).toContain('school_requests_in_flight{label=""} 7');
    expect(text).not.toMatch(/school_jobs_waiting\{/);
    expect(text).toContain('process_cpu_seconds_total');
  });

  it('are at their own address and nowhere else', async () => {
    expect((await fetch(`http://127.0.0.1:${metrics.port}/`)).status).toBe(404);
  });
});

describe('alerts', () => {
  let metrics: Metrics;
  let jobs: readonly Reading[] = [];
  let ends: readonly Reading[] = [];
  const scrape = async () =>
    readScrape(await (await fetch(`http://127.0.0.1:${metrics.port}/metrics`)).text());
  beforeAll(async () => {
    metrics = await openMetrics(0, '127.0.0.1');
    metrics.gauge('jobs_oldest_seconds', () => jobs);
    metrics.gauge('certificate_ends_seconds', () => ends);
    for (let request = 0; request < 1_000; request++) metrics.requested(200, 0.02);
  });
  afterAll(() => metrics.close());
  const log = createLog(() => undefined, undefined, undefined, {
    observe: (level, event) => metrics.logged(level, event),
  });
  const day = 86_400;
  // promtool's two hours begin in 1970.
  const calm = () => {
    jobs = [{ label: 'practices.register', value: 200 }];
    ends = [{ label: 'PAGOPA_NODE_CERTIFICATE', value: 22 * day }];
    for (const outcome of ['failed', 'timeout', 'open', 'ok'] as const) metrics.called('legacy', outcome, 9);
    log.info('request');
    log.warn('register.failed');
    metrics.refused('BAD_USER_INPUT');
    metrics.requested(200, 0.02);
  };

  itWith('promtool', 'do not fire in a calm hour', async () => {
    calm();
    const before = await scrape();
    calm();
    expect(await firingAlerts(before, await scrape())).toEqual([]);
  });

  const causes: [string, () => void][] = [
    ['SchoolAuditNotKept', () => log.error('audit.unkept')],
    ['SchoolAuditNotKept', () => log.error('audit.unanchored')],
    ['SchoolRegistrationRefused', () => log.error('register.refused')],
    ['SchoolRegistrationDouble', () => log.error('register.double')],
    ['SchoolReceiptOrphaned', () => log.warn('payments.receipt.orphaned')],
    ['SchoolErrorShare', () => metrics.refused('INTERNAL_SERVER_ERROR')],
    ['SchoolSlow', () => metrics.requested(200, 3)],
    [
      'SchoolQueueOld',
      () => {
        jobs = [{ label: 'payments.receipts', value: 301 }];
      },
    ],
    [
      'SchoolCertificateEnds',
      () => {
        ends = [{ label: 'PAGOPA_NODE_CLIENT_CA', value: 20 * day }];
      },
    ],
  ];
  // What health does not ask for.
  const counterparts = ['protocol register', 'identity provider', 'pagoPA checkout'];
  for (const counterpart of counterparts)
    causes.push(['SchoolCounterpartDown', () => metrics.called(counterpart, 'failed', 9)]);
  for (const [at, [alert, happens]] of causes.entries())
    itWith('promtool', `${alert} fires alone when it is to (${at})`, async () => {
      calm();
      const before = await scrape();
      calm();
      happens();
      expect(await firingAlerts(before, await scrape())).toEqual([alert]);
    });

  it('each have a section of the runbook that is not empty, and read metrics and events that exist', async () => {
    const rules = readFileSync(projectFile('deploy', 'prometheus', 'rules.yaml'), 'utf8');
    const runbook = readFileSync(projectFile('docs', 'runbook.md'), 'utf8');
    const names = [...rules.matchAll(/alert: (\w+)/g)].map(([, name]) => name);
    const sections = [...runbook.matchAll(/^## (\w+)$/gm)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(9);
    expect(sections).toEqual(names);
    for (const section of runbook.split(/^## /m).slice(1))
      for (const part of ['**Citizens see**', '**Look**', '**Do**']) expect(section).toContain(part);
    for (const name of names) expect(rules).toContain(`docs/runbook.md#${name?.toLowerCase()}`);
    const dashboard = readFileSync(projectFile('deploy', 'grafana', 'dashboard.json'), 'utf8');
    const text = await (await fetch(`http://127.0.0.1:${metrics.port}/metrics`)).text();
    const known = new Set([
      ...[...text.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name),
      ...Object.keys(gauges).map((name) => `school_${name}`),
    ]);
    const used = `${rules}${dashboard}`.match(/\b(school|process|nodejs)_[a-z_0-9]+/g) ?? [];
    const unknown = used.filter((name) => !known.has(name.replace(/_(count|bucket)$/, '')));
    expect(unknown).toEqual([]);
    const sources = execFileSync('grep', ['-rhoE', "'(audit|payments|register)\\.[a-zA-Z.]+'", 'subgraphs'], {
      cwd: projectFile(),
      encoding: 'utf8',
    });
    const events = rules.match(/(?<=")[a-z]+\.[a-z.|]+(?=")/g) ?? [];
    for (const event of events.flatMap((one) => one.split('|'))) expect(sources).toContain(`'${event}'`);
  });

  itWith('promtool', 'and the dashboard are written as Prometheus reads them', async () => {
    const { code, output } = runTool('promtool', ['check', 'config', 'prometheus.yaml'], {
      cwd: projectFile('deploy', 'prometheus'),
    });
    expect([code, output]).toEqual([0, expect.stringContaining('valid prometheus config')]);
    const { panels } = JSON.parse(
      readFileSync(projectFile('deploy', 'grafana', 'dashboard.json'), 'utf8'),
    ) as {
      panels: { targets: { expr: string }[] }[];
    };
    const exprs = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
    expect(exprs.length).toBeGreaterThan(15);
    const path = join(await mkdtemp(join(tmpdir(), 'dashboard-')), 'rules.yaml');
    const check = (all: readonly string[]) => {
      const rules = all.map((expr, n) => ({ record: `panel:${n}`, expr }));
      writeFileSync(path, stringify({ groups: [{ name: 'x', rules }] }));
      return runTool('promtool', ['check', 'rules', path]);
    };
    expect(check(exprs)).toMatchObject({ code: 0 });
    expect(check([...exprs, 'sum(rate(x[5m])'])).toMatchObject({ code: 1 });
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
      'school_counterpart_seconds_count{counterpart="legacy",outcome="ok"}',
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
        'call legacy',
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
