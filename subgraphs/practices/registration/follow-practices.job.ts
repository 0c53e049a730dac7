import { type EntityManager, In, IsNull, LessThanOrEqual, Not } from 'typeorm';
import { AppError } from '../../../core/errors.ts';
import type { EntryStanding } from '../../../legacy/ports/practices.port.ts';
import type { JobDefinition } from '../../skeleton/jobs/job.ts';
import type { Ground } from '../../skeleton/scope.ts';
import { addEvent } from '../add-event.ts';
import { PracticeEntity, PracticeEventEntity } from '../practice.entity.ts';
import { reportDoubles } from './doubles.action.ts';
import { changeOf, type Known, newRequestOf, nextLook } from './follow.rules.ts';
import { isRegisterFailure } from './later.ts';
import { followQueue } from './queues.ts';
import { readStandings } from './read-standings.ts';
import { FollowEntity, IntegrationRequestEntity } from './registration.entity.ts';
import { SubmissionEntity } from './submission.entity.ts';

const batch = 500;
const retryMs = 30_000;
const idleMs = 60 * 60_000;
const unreadableMs = 15 * 60_000;

/** Asks the register, in one statement, how all practices stand that are due, and writes down what is new. */
export const followPractices: JobDefinition = {
  queue: followQueue,
  concurrency: 1,
  timeoutMs: 60_000,
  async run(ground) {
    const due = await ground.database.getRepository(FollowEntity).find({
      where: { nextAt: LessThanOrEqual(ground.clock.now()) },
      order: { nextAt: 'ASC' },
      take: batch,
    });
    try {
      if (due.length > 0) await follow(ground, due);
    } catch (error) {
      if (!isRegisterFailure(error)) throw error;
      ground.log.warn('practices.follow.failed', { error });
      return new Date(ground.clock.now().getTime() + retryMs);
    }
    const [next] = await ground.database
      .getRepository(FollowEntity)
      .find({ order: { nextAt: 'ASC' }, take: 1 });
    return next?.nextAt ?? new Date(ground.clock.now().getTime() + idleMs);
  },
};

async function follow(ground: Ground, due: readonly FollowEntity[]): Promise<void> {
  const submissions = await ground.database.getRepository(SubmissionEntity).find({
    select: { id: true, practiceId: true, kind: true, reference: true, entryKey: true },
    where: { practiceId: In(due.map(({ practiceId }) => practiceId)), entryKey: Not(IsNull()) },
  });
  const keys = submissions.map(({ entryKey }) => entryKey ?? 0);
  const standings = await readStandings(ground.legacy.practices, keys);
  for (const followed of due) {
    const own = submissions
      .map((submission, index) => ({ submission, standing: standings[index] ?? null }))
      .filter(({ submission }) => submission.practiceId === followed.practiceId);
    await followOne(ground, followed, own);
  }
}

interface Entered {
  readonly submission: SubmissionEntity;
  readonly standing: EntryStanding | AppError | null;
}

/** One practice whose entries cannot be read holds up no other. */
async function followOne(ground: Ground, followed: FollowEntity, own: readonly Entered[]): Promise<void> {
  const { practiceId } = followed;
  const broken = own.find(({ standing }) => standing instanceof AppError)?.standing;
  if (broken instanceof AppError) {
    ground.log.error('practices.follow.unreadable', { practice: practiceId, error: broken });
    const nextAt = new Date(ground.clock.now().getTime() + unreadableMs);
    await ground.database.getRepository(FollowEntity).update({ practiceId }, { nextAt });
    return;
  }
  const readable = own as readonly {
    readonly submission: SubmissionEntity;
    readonly standing: EntryStanding | null;
  }[];
  for (const { submission, standing } of readable)
    await reportDoubles({ ground, manager: ground.database.manager, submission }, standing?.doubles ?? []);
  const filing = readable.find(({ submission }) => submission.kind === 'FILING');
  await ground.database.transaction((manager) =>
    bringUpToDate(ground, manager, followed, filing?.standing ?? null),
  );
}

async function bringUpToDate(
  ground: Ground,
  manager: EntityManager,
  followed: FollowEntity,
  standing: EntryStanding | null,
): Promise<void> {
  const { practiceId } = followed;
  const practice = await manager.findOneOrFail(PracticeEntity, {
    where: { id: practiceId },
    lock: { mode: 'pessimistic_write' },
  });
  const now = ground.clock.now();
  const known = await knownOf(manager, practice);
  const change = standing === null ? null : changeOf(known, standing);
  if (standing !== null && change !== null) {
    if (change.status === 'INTEGRATION_REQUESTED') await keepRequest(manager, practiceId, known, standing);
    const { status, note, becomesStatus } = change;
    await addEvent(manager, practice, { at: now, status, note }, becomesStatus);
    // A child that the register did not know is known once the office has taken it in.
    if (practice.childKey === null && standing.childKey !== null && status === 'ACCEPTED')
      await manager.update(PracticeEntity, { id: practiceId }, { childKey: standing.childKey });
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
  standing: EntryStanding,
): Promise<void> {
  const asked = newRequestOf(known, standing);
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

// For offices that do not say what they take.
const usualTypes = ['application/pdf', 'image/jpeg', 'image/png'];
const usualMaxBytes = 5 * 1024 * 1024;
