import type { EntityManager } from 'typeorm';
import type { JobDefinition } from '../../shared/jobs/job.ts';
import type { Services } from '../../shared/request-context.ts';
import type { FiledApplication } from '../records/filed-application.ts';
import { SubmissionEntity } from '../records/submission.entity.ts';
import { attach } from './attach.action.ts';
import { complete } from './complete.action.ts';
import { enter } from './enter.action.ts';
import { findSender } from './find-sender.action.ts';
import { makeFiles } from './make-files.action.ts';
import { registerQueue } from './queues.ts';
import { retryAt } from './registration.rules.ts';
import { entryOf, type Registration, record } from './registration.ts';
import { isLegacyFailure, Refused, RetryLater, Unsettled } from './retry-later.ts';
import { withAdvisoryLock } from './with-advisory-lock.ts';

/**
 * Enters one submission into the protocol register, exactly once: docs/decisions/0004-registering-exactly-once.md.
 */
export const registerSubmission: JobDefinition = {
  queue: registerQueue,
  concurrency: 4,
  timeoutMs: 5 * 60_000,
  async run(services, submissionId, signal) {
    const next = await withAdvisoryLock(services.database, `register ${submissionId}`, async (manager) => ({
      at: await advance(services, manager, submissionId, signal),
    }));
    // Another worker has it, or died so recently that the database has not noticed.
    return next === null ? new Date(services.clock.now().getTime() + busyMs) : next.at;
  },
};

const busyMs = 2_000;

async function advance(
  services: Services,
  manager: EntityManager,
  id: string,
  signal: AbortSignal,
): Promise<Date | null> {
  const submission = await manager.findOneByOrFail(SubmissionEntity, { id });
  if (submission.completedAt !== null) return null;
  const asFiled = JSON.parse(submission.asFiled) as FiledApplication;
  const registration = { services, manager, submission, asFiled, signal };
  try {
    await runSteps(registration);
    return null;
  } catch (error) {
    return postpone(registration, error);
  }
}

async function runSteps(registration: Registration): Promise<void> {
  const { kind } = registration.submission;
  await makeFiles(registration);
  const first = kind === 'FILING' ? null : await entryOfFiling(registration);
  const entry =
    kind === 'INTEGRATION' && first !== null
      ? first
      : await enter(registration, await findSender(registration), first);
  await attach(registration, entry);
  await complete(registration, entry);
}

/** The entry that an integration or a withdrawal refers to: the practice itself is registered first. */
async function entryOfFiling({ services, manager, submission }: Registration) {
  const filing = await manager.findOneByOrFail(SubmissionEntity, {
    practiceId: submission.practiceId,
    kind: 'FILING',
  });
  const entry = filing.completedAt === null ? null : entryOf({ submission: filing });
  if (entry !== null) return entry;
  throw new RetryLater(
    new Date(Math.max(services.clock.now().getTime(), filing.nextAttemptAt?.getTime() ?? 0) + 10_000),
  );
}

/** When to retry after a failure. Errors: failures that the protocol register did not cause. */
async function postpone(registration: Registration, error: unknown): Promise<Date> {
  const { services, submission } = registration;
  if (error instanceof RetryLater) {
    await record(registration, { nextAttemptAt: error.at });
    return error.at;
  }
  const isRefused = error instanceof Refused;
  if (!isRefused && !(error instanceof Unsettled) && !isLegacyFailure(error)) throw error;
  const failures = submission.failures + 1;
  const retry = retryAt(services.clock.now(), failures, isRefused ? 'rejected' : 'unavailable');
  const at = error instanceof Unsettled && error.at > retry ? error.at : retry;
  const facts = { submission: submission.id, reference: submission.reference, failures, next: at, error };
  if (isRefused) services.log.error('register.refused', facts);
  else services.log.warn('register.failed', facts);
  await record(registration, { failures, nextAttemptAt: at });
  return at;
}
