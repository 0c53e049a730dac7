import { once } from 'node:events';
import { IsNull } from 'typeorm';
import { systemClock } from '../../core/clock.ts';
import { openDatabase } from '../../core/database.ts';
import { silentLog } from '../../core/log.ts';
import { type LegacyConfig, openLegacy } from '../../legacy/open-legacy.ts';
import { PracticeEntity, PracticeEventEntity } from '../../subgraphs/practices/records/practice.entity.ts';
import {
  FollowEntity,
  IntegrationRequestEntity,
  RegisterDoubleEntity,
  SenderAttemptEntity,
} from '../../subgraphs/practices/records/registration.entity.ts';
import {
  SubmissionEntity,
  SubmissionFileEntity,
} from '../../subgraphs/practices/records/submission.entity.ts';
import { registerSubmission } from '../../subgraphs/practices/registration/register-submission.job.ts';
import {
  StoredFileChunkEntity,
  StoredFileEntity,
} from '../../subgraphs/practices/stored-files/stored-file.entity.ts';
import { createJobs } from '../../subgraphs/shared/jobs/create-jobs.ts';
import type { Services } from '../../subgraphs/shared/request-context.ts';
import { testFileKeys } from './file-keys.ts';

/** What the process is told; it then works until everything is registered that was filed. */
export interface RegisteringOrder {
  readonly ownUrl: string;
  readonly legacy: LegacyConfig;
}

const entities = [
  PracticeEntity,
  PracticeEventEntity,
  StoredFileEntity,
  StoredFileChunkEntity,
  SubmissionEntity,
  SubmissionFileEntity,
  SenderAttemptEntity,
  RegisterDoubleEntity,
  FollowEntity,
  IntegrationRequestEntity,
];

const [{ ownUrl, legacy: config }] = (await once(process, 'message')) as [RegisteringOrder];
const database = await openDatabase({ url: ownUrl, entities, migrations: [] });
const jobs = await createJobs(database);
const services = {
  database,
  legacy: openLegacy(config),
  jobs,
  clock: systemClock,
  fileKeys: testFileKeys,
  log: silentLog,
} as unknown as Services;
process.send?.('ready');
await once(process, 'message');
// As many at once as a worker has.
const open = await database.getRepository(SubmissionEntity).findBy({ completedAt: IsNull() });
const left = open.map(({ id }) => id);
await Promise.all(Array.from({ length: registerSubmission.concurrency }, lane));
process.exit(0);

async function lane(): Promise<void> {
  for (let id = left.shift(); id !== undefined; id = left.shift()) await untilRegistered(id);
}

async function untilRegistered(id: string): Promise<void> {
  for (;;) {
    const next = await registerSubmission.run(services, id, new AbortController().signal);
    if (next === null) return;
    await new Promise((resolve) => setTimeout(resolve, Math.min(next.getTime() - Date.now(), 300)));
  }
}
