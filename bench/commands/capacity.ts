import pg from 'pg';
import { contestants } from '../contestants.ts';
import type { Driver, Measurement } from '../measure/drive.ts';
import { type Running, startContestant } from '../measure/processes.ts';
import { readOperations } from '../operations/operations.ts';
import type { Options } from '../options.ts';
import { auditStatements } from '../product.ts';
import { writePlot, writeReport } from '../report/files.ts';
import { spreadOf } from '../report/statistics.ts';
import { spread, table } from '../report/table.ts';
import { callersOf } from '../town/callers.ts';
import { databaseName } from '../town/database-name.ts';
import type { Services } from '../town/open-bench-town.ts';
import { type Bouncer, openBouncer } from '../town/pgbouncer.ts';

/** What docs/scaling.md is computed from: more processes, a pool in front of Postgres, an audit trail that grows. */
export async function capacity(services: Services, driver: Driver, options: Options): Promise<void> {
  const forms = await ofForms(services, driver, options);
  const audit = await ofAudit(services);
  const points = audit.map(({ events, batchMs }) => ({ x: events, y: spreadOf(batchMs) }));
  await writePlot(options, 'audit', 'Keeping 100 events of the audit trail', [{ name: 'batch', points }], {
    x: 'events that are kept',
    y: 'ms',
    isLogarithmic: true,
  });
  await writeReport(options, 'capacity', `${describeForms(forms)}\n\n${describeAudit(audit)}`, {
    forms,
    audit,
  });
}

interface Form {
  readonly name: string;
  readonly rounds: readonly Measurement[];
}

/** The flagship at 16 connections by one, two and four processes, and by one through PgBouncer. */
async function ofForms(services: Services, driver: Driver, options: Options): Promise<readonly Form[]> {
  const legacyUrl = await services.town.legacyUrl(options.children);
  const [flagship] = await readOperations(services.templateId);
  const requests = flagship?.requests(await callersOf(legacyUrl, services.issuer, 2_000)) ?? [];
  const bouncer = await openBouncer([services.town.ownUrl, legacyUrl]);
  // PgBouncer passes on none of the settings that a session asks for: the database has them instead.
  const legacyName = databaseName(legacyUrl);
  await services.undo([`ALTER DATABASE ${legacyName} SET plan_cache_mode = 'force_generic_plan'`]);
  const environment = services.environment(legacyUrl);
  const several = (processes: number) => ({
    ...environment,
    METRICS_PORT: '',
    SERVER_PROCESSES: `${processes}`,
  });
  const wanted: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'one process': several(1),
    'two processes': several(2),
    'four processes': several(4),
    ...(bouncer === null ? {} : { 'one process, PgBouncer': throughBouncer(several(1), bouncer) }),
  };
  const ours = contestants.find(({ name }) => name === 'ours');
  if (ours === undefined) throw new Error('The product is no contestant.');
  const running: { readonly name: string; readonly one: Running }[] = [];
  const rounds = new Map<string, Measurement[]>();
  try {
    for (const [name, variables] of Object.entries(wanted))
      running.push({ name, one: await startContestant(ours, variables, []) });
    for (const { one } of running)
      await driver.measure(one, { requests, connections: 16, seconds: options.warmUpSeconds });
    for (let round = 0; round < options.rounds; round++)
      for (const { name, one } of running) {
        const found = await driver.measure(one, { requests, connections: 16, seconds: options.seconds });
        if (found.failures > 0) throw new Error(`${name}: ${found.failures} requests were not answered.`);
        console.log(`${name} round ${round + 1}: ${found.perSecond.toFixed(0)} req/s`);
        rounds.set(name, [...(rounds.get(name) ?? []), found]);
      }
  } finally {
    await Promise.all(running.map(({ one }) => one.front.stop()));
    await bouncer?.close();
    await services.undo([`ALTER DATABASE ${legacyName} RESET plan_cache_mode`]);
  }
  return [...rounds].map(([name, found]) => ({ name, rounds: found }));
}

function throughBouncer(environment: Readonly<Record<string, string>>, { urlOf }: Bouncer) {
  const { DATABASE_URL = '', HYPERSIC_DATABASE_URL = '' } = environment;
  return {
    ...environment,
    DATABASE_URL: urlOf(DATABASE_URL),
    HYPERSIC_DATABASE_URL: urlOf(HYPERSIC_DATABASE_URL),
  };
}

function describeForms(forms: readonly Form[]): string {
  const rows = forms.map(({ name, rounds }) => {
    const of = (pick: (one: Measurement) => number, digits: number) =>
      spread(spreadOf(rounds.map(pick)), digits);
    return [name, of((one) => one.perSecond, 0), of((one) => one.p50, 1), of((one) => one.p99, 0)];
  });
  return `### The flagship at 16 connections\n\n${table(['', 'requests/s', 'p50 ms', 'p99 ms'], rows)}`;
}

interface AuditSize {
  readonly events: number;
  readonly bytes: number;
  /** How long it takes to keep 100 events about 200 children. Unit: milliseconds. */
  readonly batchMs: readonly number[];
}

const auditSizes = [10_000, 100_000, 400_000];

/** In a database of its own, which is dropped afterwards. */
async function ofAudit({ town }: Services): Promise<readonly AuditSize[]> {
  const { insertLinks, insertChildRows } = await auditStatements();
  const found: AuditSize[] = [];
  await town.withEmptyOwn(async (url) => {
    const client = new pg.Client(url);
    await client.connect();
    const manager = {
      query: async (text: string, values: unknown[]) => (await client.query(text, values)).rows,
    } as never;
    for (const [index, size] of auditSizes.entries()) {
      await fill(client, auditSizes[index - 1] ?? 0, size);
      const batchMs: number[] = [];
      for (let nth = 0; nth < 30; nth++) {
        const { chain, links, rows } = batchOf(nth, size);
        const startedAt = performance.now();
        await client.query('BEGIN');
        await insertLinks(manager, chain, links);
        await insertChildRows(manager, chain, rows);
        await client.query('COMMIT');
        batchMs.push(performance.now() - startedAt);
      }
      const { rows } = await client.query<{ bytes: string }>(
        `SELECT sum(pg_total_relation_size(name::regclass)) AS bytes
         FROM unnest(ARRAY['audit_event', 'audit_child', 'audit_child_entry']) AS name`,
      );
      console.log(`audit of ${size}: ${spreadOf(batchMs).median.toFixed(1)} ms a batch`);
      found.push({ events: size, bytes: Number(rows[0]?.bytes), batchMs });
    }
    await client.end();
  });
  return found;
}

const chainOf = (nth: number) => `00000000-0000-4000-8000-${String(nth).padStart(12, '0')}`;
const actions = ['Child.read', 'Invoice.list', 'Debt.list', 'Practice.list', 'Enrolment.list'];

/** Without triggers and at once: as many events as a town leaves in months. */
async function fill(client: pg.Client, from: number, to: number): Promise<void> {
  await client.query("SET session_replication_role = 'replica'");
  const range = [from + 1, to];
  await client.query(
    `INSERT INTO audit_event (chain, sequence, at, actor_id, event, hash)
     SELECT '${chainOf(0)}', n, now() - n * interval '1 second', md5((n % 50000)::text),
       jsonb_build_object('v', 2, 'id', md5(n::text), 'did', repeat(md5(n::text), 15))::text, md5(n::text) || md5(n::text)
     FROM generate_series($1::int, $2::int) n`,
    range,
  );
  await client.query(
    `INSERT INTO audit_child (chain, sequence, child, day, actor_kind, actor_id, relation, is_refused, actions, times)
     SELECT '${chainOf(0)}', n, md5((n % 80000)::text || k), current_date - (n % 300), 'citizen', md5((n % 50000)::text),
       'APPLICANT', false, $3, '{1,1,1,1,1}'
     FROM generate_series($1::int, $2::int) n, unnest(ARRAY['a', 'b']) k`,
    [...range, actions],
  );
  await client.query(
    `INSERT INTO audit_child_entry (child, day, actor_kind, actor_id, relation, action)
     SELECT md5((n % 80000)::text || k), current_date - (n % 300), 'citizen', md5((n % 50000)::text), 'APPLICANT', a
     FROM generate_series($1::int, $2::int) n, unnest(ARRAY['a', 'b']) k, unnest($3::text[]) a ON CONFLICT DO NOTHING`,
    [...range, actions],
  );
  await client.query("SET session_replication_role = 'origin'");
  await client.query('ANALYZE audit_event, audit_child, audit_child_entry');
}

/** What a hundred families' requests leave: an event each, about two children. */
function batchOf(nth: number, size: number) {
  const at = new Date().toISOString();
  const day = at.slice(0, 10);
  const text = `${size} ${nth} `.padEnd(32, 'x');
  const numbers = Array.from({ length: 100 }, (_, index) => index + 1);
  const links = numbers.map((sequence) => ({
    ...{ sequence, at, actorId: `${text}${sequence}`, hash: text.repeat(2) },
    event: JSON.stringify({ v: 2, did: text.repeat(15) }),
  }));
  const rows = numbers.flatMap((sequence) =>
    ['a', 'b'].map((child) => ({
      ...{
        sequence,
        child: `${text}${sequence}${child}`,
        day,
        actorKind: 'citizen',
        actorId: `${text}${sequence}`,
      },
      ...{ relation: 'APPLICANT', isRefused: false, actions, times: actions.map(() => 1) },
    })),
  );
  return { chain: chainOf(size + nth), links: links as never, rows: rows as never };
}

function describeAudit(sizes: readonly AuditSize[]): string {
  const rows = sizes.map(({ events, bytes, batchMs }) => [
    String(events),
    `${(bytes / 1e9).toFixed(2)} GB`,
    spread(spreadOf(batchMs), 1),
  ]);
  const head = ['events that are kept', 'their tables', 'ms for 100 more, about 200 children'];
  return `### The audit trail as it grows\n\n${table(head, rows)}`;
}
