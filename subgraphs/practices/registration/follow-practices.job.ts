import { type EntityManager, In, IsNull, LessThanOrEqual, Not } from 'typeorm';
import { AppError } from '../../../core/errors.ts';
import type { EntryProgress } from '../../../legacy/ports/practices.port.ts';
import type { JobDefinition } from '../../shared/jobs/job.ts';
import type { Services } from '../../shared/request-context.ts';
import { addEvent } from '../records/add-event.ts';
import { PracticeEntity, PracticeEventEntity } from '../records/practice.entity.ts';
import { FollowEntity, IntegrationRequestEntity } from '../records/registration.entity.ts';
import { SubmissionEntity } from '../records/submission.entity.ts';
import { reportDoubles } from './doubles.action.ts';
import { changeOf, type Known, newRequestOf, nextLook } from './follow.rules.ts';
import { followQueue } from './queues.ts';
import { isLegacyFailure } from './retry-later.ts';

const batch = 500;
const retryMs = 30_000;
const idleMs = 60 * 60_000;
const unreadableMs = 15 * 60_000;

/** Reads the state of all due practices from the legacy system in one statement, and stores changes. */
export const followPractices: JobDefinition = {
  queue: followQueue,
  concurrency: 1,
  timeoutMs: 60_000,
  async run(services) {
    const due = await services.database.getRepository(FollowEntity).find({
      where: { nextAt: LessThanOrEqual(services.clock.now()) },
      order: { nextAt: 'ASC' },
      take: batch,
    });
    try {
      if (due.length > 0) await follow(services, due);
    } catch (error) {
      if (!isLegacyFailure(error)) throw error;
      services.log.warn('practices.follow.failed', { error });
      return new Date(services.clock.now().getTime() + retryMs);
    }
    const [next] = await services.database
      .getRepository(FollowEntity)
      .find({ order: { nextAt: 'ASC' }, take: 1 });
    return next?.nextAt ?? new Date(services.clock.now().getTime() + idleMs);
  },
};

async function follow(services: Services, due: readonly FollowEntity[]): Promise<void> {
  const submissions = await services.database.getRepository(SubmissionEntity).find({
    select: { id: true, practiceId: true, kind: true, reference: true, entryKey: true },
    where: { practiceId: In(due.map(({ practiceId }) => practiceId)), entryKey: Not(IsNull()) },
  });
  const keys = submissions.flatMap(({ entryKey }) => entryKey ?? []);
  const entryProgress = await services.legacy.practices.entryProgress(keys);
  for (const followed of due) {
    const own = submissions
      .map((submission, index) => ({ submission, progress: entryProgress[index] ?? null }))
      .filter(({ submission }) => submission.practiceId === followed.practiceId);
    await followOne(services, followed, own);
  }
}

interface Entered {
  readonly submission: SubmissionEntity;
  readonly progress: EntryProgress | AppError | null;
}

/** A practice whose entries cannot be read does not hold up the others. */
async function followOne(services: Services, followed: FollowEntity, own: readonly Entered[]): Promise<void> {
  const { practiceId } = followed;
  const broken = own.find(({ progress }) => progress instanceof AppError)?.progress;
  if (broken instanceof AppError) {
    services.log.error('practices.follow.unreadable', { practice: practiceId, error: broken });
    const nextAt = new Date(services.clock.now().getTime() + unreadableMs);
    await services.database.getRepository(FollowEntity).update({ practiceId }, { nextAt });
    return;
  }
  const readable = own as readonly {
    readonly submission: SubmissionEntity;
    readonly progress: EntryProgress | null;
  }[];
  for (const { submission, progress } of readable)
    await reportDoubles(
      { services, manager: services.database.manager, submission },
      progress?.doubles ?? [],
    );
  const filing = readable.find(({ submission }) => submission.kind === 'FILING');
  await services.database.transaction((manager) =>
    bringUpToDate(services, manager, followed, filing?.progress ?? null),
  );
}

async function bringUpToDate(
  services: Services,
  manager: EntityManager,
  followed: FollowEntity,
  progress: EntryProgress | null,
): Promise<void> {
  const { practiceId } = followed;
  const practice = await manager.findOneOrFail(PracticeEntity, {
    where: { id: practiceId },
    lock: { mode: 'pessimistic_write' },
  });
  const now = services.clock.now();
  const known = await knownOf(manager, practice);
  const change = progress === null ? null : changeOf(known, progress);
  if (progress !== null && change !== null) {
    if (change.status === 'INTEGRATION_REQUESTED') await keepRequest(manager, practiceId, known, progress);
    const { status, note, becomesStatus } = change;
    await addEvent(manager, practice, { at: now, status, note }, becomesStatus);
    // A child that was unknown when the practice was filed may be known by now.
    if (practice.childKey === null && progress.childKey !== null && status === 'ACCEPTED')
      await manager.update(PracticeEntity, { id: practiceId }, { childKey: progress.childKey });
  }
  const changedAt = change === null ? followed.changedAt : now;
  const nextAt = nextLook(now, changedAt, change?.status ?? known.status);
  if (nextAt === null) await manager.delete(FollowEntity, { practiceId });
  else await manager.update(FollowEntity, { practiceId }, { changedAt, nextAt });
}

async function knownOf(manager: EntityManager, { id, status }: PracticeEntity): Promise<Known> {
  const events = await manager.findBy(PracticeEventEntity, { practiceId: id });
  const requests = await manager.findBy(IntegrationRequestEntity, { practiceId: id });
  return {
    status,
    milestones: events.map((event) => event.status),
    requests: requests.map(({ sequence }) => sequence),
  };
}

async function keepRequest(
  manager: EntityManager,
  practiceId: string,
  known: Known,
  progress: EntryProgress,
): Promise<void> {
  const asked = newRequestOf(known, progress);
  if (asked === null) return;
  const attachments = asked.attachments.map((one) => ({
    ...one,
    mediaTypes: one.mediaTypes.length > 0 ? one.mediaTypes : usualTypes,
    maxBytes: one.maxBytes ?? usualMaxBytes,
  }));
  await manager.insert(IntegrationRequestEntity, {
    practiceId,
    sequence: asked.sequence,
    requestedAt: new Date(asked.requestedAt),
    message: asked.message,
    dueOn: asked.dueOn,
    attachments,
    answeredAt: null,
  } as object);
}

// For offices that do not list the media types they accept.
const usualTypes = ['application/pdf', 'image/jpeg', 'image/png'];
const usualMaxBytes = 5 * 1024 * 1024;
