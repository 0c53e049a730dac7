import type { EntityManager } from 'typeorm';
import type { JobDefinition } from '../../skeleton/jobs/job.ts';
import type { Ground } from '../../skeleton/scope.ts';
import { alone } from './alone.ts';
import type { AsFiled } from './as-filed.ts';
import { attach } from './attach.action.ts';
import { complete } from './complete.action.ts';
import { enter } from './enter.action.ts';
import { findSender } from './find-sender.action.ts';
import { isRegisterFailure, Later, Refused, Unsettled } from './later.ts';
import { makeFiles } from './make-files.action.ts';
import { registerQueue } from './queues.ts';
import { retryAt } from './registration.rules.ts';
import { entryOf, type Registration, record } from './registration.ts';
import { SubmissionEntity } from './submission.entity.ts';

/** Brings one submission into the register, exactly once: docs/decisions/0004-registering-exactly-once.md. */
export const registerSubmission: JobDefinition = {
  queue: registerQueue,
  concurrency: 4,
  timeoutMs: 5 * 60_000,
  async run(ground, submissionId, signal) {
    const next = await alone(ground.database, `register ${submissionId}`, async (manager) => ({
      at: await advance(ground, manager, submissionId, signal),
    }));
    // Somebody else is at it, or died so lately that the database has not noticed.
    return next === null ? new Date(ground.clock.now().getTime() + busyMs) : next.at;
  },
};

const busyMs = 2_000;

async function advance(
  ground: Ground,
  manager: EntityManager,
  id: string,
  signal: AbortSignal,
): Promise<Date | null> {
  const submission = await manager.findOneByOrFail(SubmissionEntity, { id });
  if (submission.completedAt !== null) return null;
  const asFiled = JSON.parse(submission.asFiled) as AsFiled;
  const registration = { ground, manager, submission, asFiled, signal };
  try {
    await register(registration);
    return null;
  } catch (error) {
    return postpone(registration, error);
  }
}

async function register(of: Registration): Promise<void> {
  const { kind } = of.submission;
  await makeFiles(of);
  const first = kind === 'FILING' ? null : await entryOfFiling(of);
  const entry =
    kind === 'INTEGRATION' && first !== null ? first : await enter(of, await findSender(of), first);
  await attach(of, entry);
  await complete(of, entry);
}

/** The entry that an integration or a withdrawal is about: its practice is registered first. */
async function entryOfFiling({ ground, manager, submission }: Registration) {
  const filing = await manager.findOneByOrFail(SubmissionEntity, {
    practiceId: submission.practiceId,
    kind: 'FILING',
  });
  const entry = filing.completedAt === null ? null : entryOf({ submission: filing });
  if (entry !== null) return entry;
  throw new Later(
    new Date(Math.max(ground.clock.now().getTime(), filing.nextAttemptAt?.getTime() ?? 0) + 10_000),
  );
}

/** When to go on after something stood in the way. Errors: what is no fault of the register's. */
async function postpone(of: Registration, error: unknown): Promise<Date> {
  const { ground, submission } = of;
  if (error instanceof Later) {
    await record(of, { nextAttemptAt: error.at });
    return error.at;
  }
  const isRefused = error instanceof Refused;
  if (!isRefused && !(error instanceof Unsettled) && !isRegisterFailure(error)) throw error;
  const failures = submission.failures + 1;
  const retry = retryAt(ground.clock.now(), failures, isRefused ? 'rejected' : 'unavailable');
  const at = error instanceof Unsettled && error.at > retry ? error.at : retry;
  const facts = { submission: submission.id, reference: submission.reference, failures, next: at, error };
  if (isRefused) ground.log.error('register.refused', facts);
  else ground.log.warn('register.failed', facts);
  await record(of, { failures, nextAttemptAt: at });
  return at;
}
