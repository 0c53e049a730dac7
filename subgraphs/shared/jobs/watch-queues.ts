import type { DataSource } from 'typeorm';
import type { Telemetry } from '../../../core/telemetry/telemetry.ts';

interface QueueRow {
  readonly name: string;
  readonly waiting: string;
  readonly oldest: string | null;
}

/** Reports how many jobs are due and since when, per queue: one statement per scrape. */
export function watchQueues(database: DataSource, telemetry: Telemetry): void {
  if (!telemetry.isOn) return;
  let last: { readonly at: number; readonly rows: Promise<readonly QueueRow[]> } | undefined;
  // Both numbers of one scrape belong to the same moment.
  const rows = () => {
    if (last === undefined || performance.now() - last.at > 1_000)
      last = { at: performance.now(), rows: database.query<QueueRow[]>(dueJobs) };
    return last.rows;
  };
  telemetry.gauge('jobs_waiting', async () =>
    (await rows()).map(({ name, waiting }) => ({ label: name, value: Number(waiting) })),
  );
  telemetry.gauge('jobs_oldest_seconds', async () =>
    (await rows()).map(({ name, oldest }) => ({ label: name, value: Number(oldest ?? 0) })),
  );
}

const dueJobs = `
  SELECT q.name, count(j.id) AS waiting, extract(epoch FROM now() - min(j.start_after)) AS oldest
  FROM pgboss.queue q
  LEFT JOIN pgboss.job j ON j.name = q.name AND j.state IN ('created', 'retry') AND j.start_after <= now()
  GROUP BY q.name`;
