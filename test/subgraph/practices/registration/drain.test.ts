import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { IsNull } from 'typeorm';
import { systemClock } from '../../../../core/clock.ts';
import { silentLog } from '../../../../core/log.ts';
import { usualPayment } from '../../../../core/payment-config.ts';
import { usualRetention } from '../../../../core/retention-config.ts';
import { openServices } from '../../../../subgraphs/open-services.ts';
import { SubmissionEntity } from '../../../../subgraphs/practices/records/submission.entity.ts';
import { jobs } from '../../../../subgraphs/registry.ts';
import { runJobs, type Worker } from '../../../../subgraphs/shared/jobs/run-jobs.ts';
import type { Services } from '../../../../subgraphs/shared/request-context.ts';
import { ownTownCopy } from '../../../support/databases.ts';
import { testFileKeyList } from '../../../support/file-keys.ts';
import { fileSubmission } from '../../../support/filed-practice.ts';
import { openRegisterTown, type RegisterTown } from '../../../support/register-town.ts';

// `npm run soak` files 500 of them.
const submissions = Number(process.env.REGISTRATION_DRAIN ?? 20);

let town: RegisterTown;
let services: Services;
let workers: readonly Worker[];
let close: () => Promise<void>;
beforeAll(async () => {
  town = await openRegisterTown({ clock: systemClock });
  const databaseUrl = await ownTownCopy();
  const config: Parameters<typeof openServices>[0] = {
    isProduction: false,
    databaseUrl,
    documentSecrets: ['d'.repeat(32)],
    auditSecrets: ['a'.repeat(32)],
    fileKeys: testFileKeyList,
    retention: usualRetention,
    publicUrl: 'http://town.test',
    pagopa: null,
    notices: { cbillCode: null, postal: null },
    payment: usualPayment,
    legacy: town.config,
  };
  ({ services, close } = await openServices(config, { log: silentLog }));
  workers = [await runJobs(databaseUrl, services, jobs), await runJobs(databaseUrl, services, jobs)];
});
afterAll(async () => {
  for (const worker of workers) await worker.close();
  await close();
  await town.close();
});

it('works off everything that was filed at once, by two workers, with none lost and none twice', async () => {
  const attachments = [{ code: 'CERT_MEDICO', bytes: Buffer.alloc(20_000, 1) }];
  const began = Date.now();
  for (let index = 0; index < submissions; index++)
    await fileSubmission(
      services.database,
      { filedAt: new Date(), attachments, hasSummary: index % 20 > 0 },
      services.jobs,
    );
  const open = () => services.database.getRepository(SubmissionEntity).countBy({ completedAt: IsNull() });
  while ((await open()) > 0) await wait(100);
  console.info(`${submissions} submissions were filed and registered in ${(Date.now() - began) / 1_000} s`);
  const [counts] = await town.query(
    `SELECT COUNT(*)::int AS entries, COUNT(DISTINCT "OGGETTO")::int AS subjects,
       (SELECT COUNT(*)::int FROM "PROT_ALLEG") AS files, (SELECT COUNT(DISTINCT "NOME")::int FROM "PROT_ALLEG") AS names
     FROM "PROT_GEN" WHERE "COD_PROT" > 10000000`,
  );
  const files = await services.database.query('SELECT COUNT(*)::int AS count FROM practice_submission_file');
  expect(counts).toEqual({
    entries: submissions,
    subjects: submissions,
    files: files[0].count,
    names: files[0].count,
  });
}, 600_000);
