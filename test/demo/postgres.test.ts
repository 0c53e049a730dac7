import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { startCluster } from '../../demo/postgres/start-cluster.ts';
import { askDatabase } from '../support/ask-database.ts';

const folders: string[] = [];

function privateFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'town-'));
  chmodSync(folder, 0o700);
  folders.push(folder);
  return folder;
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe('the embedded Postgres', () => {
  it('starts below a folder that only its owner may enter, and keeps what was written', async () => {
    const dataDir = join(privateFolder(), 'data');
    const first = await startCluster({ dataDir, durable: false });
    await first.createDatabase('one');
    await askDatabase(first.urlFor('one'), `CREATE TABLE kept AS SELECT 42 AS answer`);
    await first.createDatabase('two', 'one');
    await first.stop();

    const second = await startCluster({ dataDir, durable: false });
    expect(await askDatabase(second.urlFor('two'), 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    expect(await second.hasDatabase('three')).toBe(false);
    await second.stop();
  });

  it('lets nobody in without the password of its folder', async () => {
    const cluster = await startCluster({ dataDir: privateFolder(), durable: false });
    await expect(
      askDatabase(cluster.urlFor('postgres').replace(/town:\w+@/, 'town:wrong@'), 'SELECT 1'),
    ).rejects.toThrow(/password/);
    await cluster.stop();
  });

  it('is not started twice in one folder, whoever comes at once', async () => {
    const dataDir = privateFolder();
    const starts = await Promise.allSettled([1, 2, 3].map(() => startCluster({ dataDir, durable: false })));
    const started = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
    const refused = starts.flatMap((start) => (start.status === 'rejected' ? [String(start.reason)] : []));
    expect(started).toHaveLength(1);
    expect(refused).toHaveLength(2);
    for (const reason of refused)
      expect(reason).toMatch(/is in use by process \d+: stop it, or set another DATA_DIR\./);
    await started[0]?.stop();
  });

  it('says in one sentence that a data folder cannot be used', async () => {
    const file = join(privateFolder(), 'file');
    writeFileSync(file, '');
    await expect(startCluster({ dataDir: file })).rejects.toThrow(
      /^The data folder .* cannot be used: .*\.$/,
    );
  });

  it('says in one sentence that another version wrote the folder', async () => {
    const dataDir = privateFolder();
    const cluster = await startCluster({ dataDir, durable: false });
    await cluster.stop();
    writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '9\n');
    await expect(startCluster({ dataDir })).rejects.toThrow(
      /was written by Postgres 9 and this is Postgres \d+/,
    );
  });
});
