import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { openDatabase } from '../../../core/database.ts';
import { silentLog } from '../../../core/log.ts';
import type { Jobs } from '../../../subgraphs/shared/job-queue.ts';
import { createJobs } from '../../../subgraphs/shared/jobs/create-jobs.ts';
import type { JobDefinition } from '../../../subgraphs/shared/jobs/job.ts';
import { prepareQueues, runJobs, type Worker } from '../../../subgraphs/shared/jobs/run-jobs.ts';
import type { Services } from '../../../subgraphs/shared/request-context.ts';
import { emptyDatabase } from '../../support/databases.ts';

const queue = 'test.count';
let database: DataSource;
let jobs: Jobs & { close(): Promise<void> };
let worker: Worker;
const ran: string[] = [];
let answers: (Date | null | Error)[] = [];

const definition: JobDefinition = {
  queue,
  concurrency: 2,
  timeoutMs: 5_000,
  run: async (_, key) => {
    ran.push(key);
    const answer = answers.shift() ?? null;
    if (answer instanceof Error) throw answer;
    return answer;
  },
};

beforeAll(async () => {
  const url = await emptyDatabase();
  await prepareQueues(url, [definition]);
  await prepareQueues(url, [definition]);
  database = await openDatabase({ url, entities: [], migrations: [] });
  jobs = await createJobs(database);
  worker = await runJobs(url, { log: silentLog } as Services, [definition]);
});

afterAll(async () => {
  await worker.close();
  await jobs.close();
  await database.destroy();
});

async function until(isTrue: () => boolean): Promise<void> {
  for (const end = Date.now() + 10_000; !isTrue() && Date.now() < end; )
    await new Promise((resolve) => setTimeout(resolve, 20));
  expect(isTrue()).toBe(true);
}

describe('jobs', () => {
  it('are there if and only if the transaction is', async () => {
    await expect(
      database.transaction(async (manager) => {
        await jobs.add(manager, queue, 'rolled back');
        throw new Error('on purpose');
      }),
    ).rejects.toThrow('on purpose');
    await database.transaction((manager) => jobs.add(manager, queue, 'committed'));
    await until(() => ran.includes('committed'));
    expect(ran).not.toContain('rolled back');
  });

  it('run again at the time that they answer', async () => {
    answers = [new Date(Date.now() + 100), null];
    await jobs.add(database.manager, queue, 'twice');
    await until(() => ran.filter((key) => key === 'twice').length === 2);
  });

  it('run again after they failed', async () => {
    answers = [new Error('on purpose'), null];
    await jobs.add(database.manager, queue, 'failing');
    await until(() => ran.filter((key) => key === 'failing').length === 2);
  });

  it('wait once a key, and take the last time that was asked for', async () => {
    const later = new Date(Date.now() + 3_600_000);
    await jobs.add(database.manager, queue, 'patient', later);
    await jobs.add(database.manager, queue, 'patient', later);
    const [{ count }] = await database.query(
      `SELECT count(*)::int AS count FROM pgboss.job WHERE singleton_key = 'patient' AND state = 'created'`,
    );
    expect(count).toBe(1);
    await jobs.add(database.manager, queue, 'patient');
    await until(() => ran.includes('patient'));
  });
});
