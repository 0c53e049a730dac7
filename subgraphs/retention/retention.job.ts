import type { JobDefinition } from '../shared/jobs/job.ts';
import type { Services } from '../shared/request-context.ts';
import { runRetention } from './run-retention.ts';

export const retentionQueue = 'retention';

const dayMs = 24 * 3_600_000;
const soonMs = 60_000;

/** Removes once a day what is over; its one key is `daily`. Longer than a minute at once it lets other work go first. */
export const removeOverdue: JobDefinition = {
  queue: retentionQueue,
  concurrency: 1,
  timeoutMs: 60_000,
  async run(services, _key, signal) {
    const removed = await runRetention(services, services.retention, signal);
    const counts = Object.fromEntries(removed);
    if (removed.size > 0) services.log.info('retention.removed', counts);
    const waitMs = signal.aborted ? soonMs : dayMs;
    return new Date(services.clock.now().getTime() + waitMs);
  },
};

/** Queues the job when a worker starts: soon, so that a worker that is restarted every day does it too. */
export function startRetention({ database, jobs, clock }: Services): Promise<void> {
  return jobs.add(database.manager, retentionQueue, 'daily', new Date(clock.now().getTime() + soonMs));
}
