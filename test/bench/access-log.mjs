import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startCluster } from '../../demo/postgres/start-cluster.ts';
import { migrate } from '../../subgraphs/migrate.ts';
import { accessOfChild, sizeOfAccess } from '../../subgraphs/shared/audit/access-log.store.ts';

// How long a page of Child.accessLog takes, over as many rows as the argument says (10 million by default):
// node --import ./test/support/typescript-hooks.mjs test/bench/access-log.mjs 2000000

const rows = Number(process.argv[2] ?? 10_000_000);
const rounds = 9;
const folder = await mkdtemp(join(tmpdir(), 'access-log-'));
const cluster = await startCluster({ dataDir: folder, durable: false });
try {
  await cluster.createDatabase('bench');
  const url = cluster.urlFor('bench');
  await migrate(url);
  const client = new pg.Client(url);
  await client.connect();
  // `heavy` has 20,000 rows of two years, `all` a twentieth of the table, the others what is left.
  await client.query(
    `INSERT INTO audit_child SELECT md5((n % 50)::text)::uuid, n,
       CASE WHEN n % ($1::bigint / 20000) = 0 THEN 'heavy' WHEN n % 20 = 1 THEN 'all' ELSE 'c' || n % 10000 END,
       date '2024-11-01' + (n * 730 / $1)::int, CASE WHEN n % 11 = 0 THEN 'machine' ELSE 'citizen' END, 'actor' || n % 7,
       (ARRAY['APPLICANT', 'SHARED', 'HOUSEHOLD', 'NONE'])[1 + n % 4], n % 13 = 0,
       CASE WHEN n % 2 = 0 THEN ARRAY['Child.read', 'Child.invoices'] ELSE ARRAY['Child.read'] END,
       CASE WHEN n % 2 = 0 THEN ARRAY[1, 2] ELSE ARRAY[1] END FROM generate_series(1, $1::bigint) AS n`,
    [rows],
  );
  await client.query('VACUUM ANALYZE audit_child');
  await client.query('SET jit = off');
  for (const child of ['c77', 'heavy', 'all']) {
    const place = [child, 'actor1', null, null, null, ''];
    for (const [what, { name, text }, values] of [
      ['page', accessOfChild, [...place, 21]],
      ['size', sizeOfAccess, place],
    ]) {
      const times = [];
      for (let round = 0; round < rounds; round++) {
        const start = performance.now();
        await client.query({ name, text, values });
        times.push(performance.now() - start);
      }
      const sorted = times.sort((a, b) => a - b);
      console.log(
        `${child} ${what}: ${sorted[0].toFixed(1)} ms at least, ${sorted[(rounds - 1) / 2].toFixed(1)} at the median`,
      );
    }
  }
  await client.end();
} finally {
  await cluster.stop();
  await rm(folder, { recursive: true, force: true });
}
