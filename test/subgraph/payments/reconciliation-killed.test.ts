import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { projectFile } from '../../../core/project-root.ts';
import { legacyTown } from '../../support/databases.ts';
import { copyOfMigrated } from '../../support/migrated-database.ts';
import { paidRow, writeRows } from '../../support/reconciliation.ts';
import { typescript } from '../../support/typescript.ts';

const rowCount = 8_000;
const opened: pg.Client[] = [];
afterAll(() => Promise.all(opened.map((client) => client.end())));

it('an import that was killed half way, the process and all, ends in the same state when it is run again', async () => {
  const rows = Array.from({ length: rowCount }, (_, index) =>
    paidRow(String(100_000_000_000_000 + index), 1 + index),
  );
  const path = await writeRows(rows);
  const [whole, cut] = [await openOwn(), await openOwn()];
  expect(await endOf(await startImport(path, whole.url))).toBe(0);

  const dying = await startImport(path, cut.url);
  while ((await cut.count()) < rowCount / 10 && dying.exitCode === null) await wait(5);
  dying.kill('SIGKILL');
  expect(await endOf(dying)).toBe('SIGKILL');
  expect(await cut.count()).toBeLessThan(rowCount);
  expect(await endOf(await startImport(path, cut.url))).toBe(0);
  expect(await cut.content()).toEqual(await whole.content());
  expect(await cut.count()).toBe(rowCount);
}, 120_000);

/** The command itself, `npm run reconcile:import`. */
async function startImport(path: string, ownUrl: string): Promise<ChildProcess> {
  return fork(projectFile('commands', 'reconcile-import.ts'), [path], {
    execArgv: [...typescript],
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: ownUrl,
      HYPERSIC_DATABASE_URL: await legacyTown(),
      HYPERSIC_SOAP_URL: 'http://127.0.0.1:9/none',
      HYPERSIC_SOAP_USER: 'nobody',
      HYPERSIC_SOAP_PASSWORD: 'none',
    },
    silent: true,
  });
}

async function endOf(child: ChildProcess): Promise<number | string | null> {
  let problem = '';
  child.stdout?.resume();
  child.stderr?.on('data', (text) => {
    problem += text;
  });
  const [code, signal] =
    child.exitCode === null && child.signalCode === null
      ? await once(child, 'close')
      : [child.exitCode, child.signalCode];
  if (code !== 0 && signal === null) throw new Error(problem);
  return signal ?? code;
}

async function openOwn() {
  const url = await copyOfMigrated();
  const client = new pg.Client(url);
  opened.push(client);
  await client.connect();
  return {
    url,
    count: async () => Number((await client.query('SELECT count(*) FROM settlement')).rows[0].count),
    /** But for when it was recorded, and by which number. */
    content: async () =>
      (
        await client.query(
          `SELECT to_jsonb(s) - 'id' - 'recorded_at' AS row FROM settlement s ORDER BY s.iuv`,
        )
      ).rows,
  };
}
