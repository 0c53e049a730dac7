import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startCluster } from '../../demo/postgres/start-cluster.ts';
import { migrate } from '../../subgraphs/migrate.ts';
import { accessOfChild, sizeOfAccess } from '../../subgraphs/shared/audit/access-log.store.ts';
import { fillEntries } from '../../subgraphs/shared/audit/migrations/list-access-entries-1796400000000.ts';

// How long Child.accessLog's statements take over as many rows as the argument says (10 million by default):
// node --import ./test/support/typescript-hooks.mjs test/bench/access-log.mjs 2000000

const rows = Number(process.argv[2] ?? 10_000_000);
const rounds = 15;
const folder = await mkdtemp(join(process.env.BENCH_FOLDER ?? tmpdir(), 'access-log-'));
const cluster = await startCluster({ dataDir: folder, durable: false });
const timed = async (what, work) => {
  const start = performance.now();
  const answer = await work();
  console.log(`${what}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return answer;
};
try {
  await cluster.createDatabase('bench');
  const url = cluster.urlFor('bench');
  await migrate(url);
  const client = new pg.Client(url);
  await client.connect();
  await client.query(`SET work_mem = '64MB'; SET maintenance_work_mem = '256MB'`);
  await timed(`${rows} rows`, () => fill(client));
  // As the migration does for rows that are there already.
  await timed('their entries', () =>
    fillEntries(async (statement, values) => (await client.query(statement, values)).rows),
  );
  await timed('VACUUM ANALYZE', () => client.query('VACUUM ANALYZE'));
  await client.query(`RESET work_mem; SET jit = off`);
  const [{ entries, bytes }] = (
    await client.query(`SELECT count(*) AS entries, pg_size_pretty(pg_total_relation_size('audit_child_entry')) AS bytes
    FROM audit_child_entry`)
  ).rows;
  console.log(`${entries} entries, ${bytes}`);
  await timed('a batch of 1,000 more rows', () => add(client));
  for (const child of ['c77', 'heavy', 'all']) await measure(client, child);
  await client.end();
} finally {
  await cluster.stop();
  await rm(folder, { recursive: true, force: true });
}

/**
 * Two years. `heavy` has 20,000 rows and `all` a twentieth of the table, on each day; 9,000 other children have what is
 * left, one day a week. Indexes are built afterwards, which takes a fraction of the time.
 */
async function fill(client) {
  await client.query(`
    ALTER TABLE audit_child DISABLE TRIGGER audit_child_listed;
    ALTER TABLE audit_child DROP CONSTRAINT audit_child_pkey;
    DROP INDEX audit_child_log`);
  await client.query(
    `INSERT INTO audit_child SELECT md5((n % 50)::text)::uuid, n,
       CASE WHEN n % ($1::bigint / 20000) = 0 THEN 'heavy' WHEN n % 20 = 1 THEN 'all' ELSE 'c' || n % 10000 END,
       date '2024-11-01' + CASE WHEN n % 20 < 2 THEN (n * 730 / $1)::int ELSE 7 * (n * 104 / $1)::int END,
       CASE WHEN n / 20 % 11 = 0 THEN 'machine' ELSE 'citizen' END, 'actor' || n / 20 % 7,
       (ARRAY['APPLICANT', 'SHARED', 'HOUSEHOLD', 'NONE'])[1 + n / 20 % 7 % 4], n % 13 = 0,
       CASE WHEN n / 20 % 2 = 0 THEN ARRAY['Child.read', 'Child.invoices'] ELSE ARRAY['Child.read'] END,
       CASE WHEN n / 20 % 2 = 0 THEN ARRAY[1, 2] ELSE ARRAY[1] END FROM generate_series(1, $1::bigint) AS n`,
    [rows],
  );
  await client.query(`
    ALTER TABLE audit_child ADD PRIMARY KEY (chain, sequence, child);
    CREATE INDEX audit_child_log ON audit_child (child, day)
      INCLUDE (actor_kind, actor_id, relation, is_refused, actions, times);
    ALTER TABLE audit_child ENABLE TRIGGER audit_child_listed`);
}

async function add(client) {
  await client.query(`
    INSERT INTO audit_child SELECT gen_random_uuid(), 1, 'c' || n % 300, date '2026-11-01', 'citizen', 'actor' || n % 7, 'APPLICANT',
      false, ARRAY['Child.read', 'Child.invoices'], ARRAY[1, 2] FROM generate_series(1, 1000) AS n`);
}

async function measure(client, child) {
  const place = [child, 'actor1', null, null];
  const first = [...place, null, ''];
  const { rows: all } = await client.query({ ...accessOfChild, values: [...first, 1_000_000] });
  const behind = (part) => {
    const { day, key } = all[Math.floor((all.length - 1) * part)];
    return [...place, day, key];
  };
  for (const [what, statement, values] of [
    ['first page', accessOfChild, [...first, 21]],
    ['page in the middle', accessOfChild, [...behind(0.5), 21]],
    ['last page', accessOfChild, [...behind(0.999), 21]],
    ['page of 100', accessOfChild, [...first, 101]],
    ['size', sizeOfAccess, first],
    ['size in the middle', sizeOfAccess, behind(0.5)],
  ]) {
    const times = [];
    for (let round = 0; round < rounds; round++) {
      const start = performance.now();
      await client.query({ ...statement, values });
      times.push(performance.now() - start);
    }
    times.sort((a, b) => a - b);
    const [least, median, most] = [0, (rounds - 1) / 2, rounds - 1].map((n) => times[n].toFixed(1));
    console.log(`${child} (${all.length} entries) ${what}: median ${median} ms (${least} to ${most})`);
  }
  const { rows: sizes } = await client.query({ ...sizeOfAccess, values: first });
  if (sizes[0].total !== all.length)
    throw new Error(`${child}: ${sizes[0].total} counted, ${all.length} shown`);
}
