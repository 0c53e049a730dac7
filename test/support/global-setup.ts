import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cluster, startCluster } from '../../demo/postgres/start-cluster.ts';
import { shareCluster } from './share-cluster.ts';

let cluster: Cluster | undefined;
let folder: string | undefined;

/** One Postgres server for all test files; each asks `test/support/town.ts` for databases of its own. */
export default async function setUp(): Promise<void> {
  // A socket's path has at most 103 bytes on macOS, whose temporary folder takes 49 of them.
  folder = await mkdtemp(join(tmpdir(), 'sch-'));
  // What tests leave behind, and those that are killed, goes with it.
  process.env.TMPDIR = folder;
  cluster = await startCluster({ dataDir: folder, durable: false });
  await shareCluster(cluster);
  (globalThis as Record<string, unknown>).tearDownCluster = async () => {
    await cluster?.stop();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  };
}
