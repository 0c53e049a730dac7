import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cluster, startCluster } from '../../demo/postgres/start-cluster.ts';
import { shareCluster } from './share-cluster.ts';

let cluster: Cluster | undefined;
let folder: string | undefined;

/** One Postgres server for all test files; each asks `test/support/town.ts` for databases of its own. */
export default async function setUp(): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), 'school-'));
  cluster = await startCluster({ dataDir: folder, durable: false });
  await shareCluster(cluster);
  (globalThis as Record<string, unknown>).tearDownCluster = async () => {
    await cluster?.stop();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  };
}
