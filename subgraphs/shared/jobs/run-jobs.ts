import { PgBoss } from 'pg-boss';
import { withFindings } from '../../../core/unreadable.ts';
import type { Services } from '../request-context.ts';
import type { JobDefinition } from './job.ts';

export interface Worker {
  /** Takes no more work and lets running jobs finish within `graceMs`; the rest goes back to the queue. */
  close(graceMs?: number): Promise<void>;
}

// After this time without a sign of life a process counts as dead, and another one takes its jobs.
const heartbeatSeconds = 10;
const superviseSeconds = 5;
const retry = { retryLimit: 1_000_000, retryDelay: 2, retryBackoff: true, retryDelayMax: 300 } as const;
const retentionSeconds = 7 * 24 * 3_600;

/** Creates the queue's tables, and a queue per definition. Safe to repeat. */
export async function prepareQueues(
  databaseUrl: string,
  definitions: readonly JobDefinition[],
): Promise<void> {
  const boss = new PgBoss({ connectionString: databaseUrl, max: 1, supervise: false, schedule: false });
  boss.on('error', () => undefined);
  await boss.start();
  try {
    for (const { queue, timeoutMs } of definitions) {
      await boss.createQueue(queue, {
        // One waiting job per key: a key that is queued again while its job runs is not lost.
        policy: 'short',
        notify: true,
        heartbeatSeconds,
        expireInSeconds: Math.ceil(timeoutMs / 1_000) + 5,
        retentionSeconds: 365 * 24 * 3_600,
        deleteAfterSeconds: retentionSeconds,
        ...retry,
      });
    }
  } finally {
    await boss.stop({ graceful: false });
  }
}

/** Works on the queues until it is closed. */
export async function runJobs(
  databaseUrl: string,
  services: Services,
  definitions: readonly JobDefinition[],
): Promise<Worker> {
  const { log } = services;
  const boss = new PgBoss({
    connectionString: databaseUrl,
    max: 4,
    migrate: false,
    schedule: false,
    useListenNotify: true,
    superviseIntervalSeconds: superviseSeconds,
    monitorIntervalSeconds: superviseSeconds,
  });
  boss.on('error', (error) => log.error('jobs.failed', { error }));
  await boss.start();
  for (const definition of definitions)
    for (let place = 0; place < definition.concurrency; place++) await workOn(boss, services, definition);
  return { close: (graceMs = 8_000) => boss.stop({ graceful: true, timeout: graceMs }) };
}

/** One consumer of a queue. */
async function workOn(boss: PgBoss, services: Services, definition: JobDefinition): Promise<void> {
  const { queue, timeoutMs } = definition;
  const waits = { pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 2 };
  const worker = await boss.work<{ readonly key: string }>(
    queue,
    { batchSize: 1, ...waits },
    async ([job]) => {
      if (job === undefined) return;
      const { key } = job.data;
      const signal = AbortSignal.any([job.signal, AbortSignal.timeout(timeoutMs)]);
      try {
        const next = await withFindings(
          () => services.log.child({ queue, key }),
          () => definition.run(services, key, signal),
        );
        // Does nothing if the key was queued again meanwhile: that time is not later.
        if (next !== null) await boss.send(queue, { key }, { singletonKey: key, startAfter: next });
      } catch (error) {
        services.log.warn('job.failed', { queue, key, error });
        throw new Error('It is tried again.');
      } finally {
        // A consumer that found work looks for more at once. The library would pause: two jobs per second instead
        // of hundreds.
        boss.notifyWorker(worker);
      }
    },
  );
}
