import type { EntityManager } from 'typeorm';
import { IsNull } from 'typeorm';
import type { ProtocolEntry } from '../../../legacy/ports/protocol-register.port.ts';
import { addEvent, type Milestone } from '../records/add-event.ts';
import { PracticeEntity } from '../records/practice.entity.ts';
import type { PracticeStatus } from '../records/practice-status.type.ts';
import { FollowEntity, IntegrationRequestEntity } from '../records/registration.entity.ts';
import { SubmissionEntity, type SubmissionKind } from '../records/submission.entity.ts';
import { followQueue, registerQueue } from './queues.ts';
import { failuresCleared, type Registration } from './registration.ts';

/**
 * The protocol register has the whole submission: updates the practice, and everything that follows, in one
 * transaction.
 */
export async function complete(registration: Registration, entry: ProtocolEntry): Promise<void> {
  const { services, manager, submission } = registration;
  const now = services.clock.now();
  await manager.transaction(async (within) => {
    const practice = await within.findOneOrFail(PracticeEntity, {
      where: { id: submission.practiceId },
      lock: { mode: 'pessimistic_write' },
    });
    await within.update(SubmissionEntity, { id: submission.id }, { ...failuresCleared, completedAt: now });
    if (submission.kind === 'INTEGRATION') await closeRequests(within, practice.id, now);
    const open = await openSubmissions(within, practice.id);
    const milestone = milestoneOf(submission.kind, entry);
    const isAwaited = awaiting[submission.kind].includes(practice.status) && open.length === 0;
    const isNext = submission.kind === 'WITHDRAWAL' || isAwaited;
    await addEvent(within, practice, { ...milestone, at: now }, isNext);
    await within.upsert(FollowEntity, { practiceId: practice.id, changedAt: now, nextAt: now }, [
      'practiceId',
    ]);
    await services.jobs.add(within, followQueue, 'due');
    // Jobs that waited for this entry start now.
    for (const { id } of open) await services.jobs.add(within, registerQueue, id);
  });
}

/** The statuses of a practice that waits for the protocol register; a later status is kept. */
const awaiting: Readonly<Record<SubmissionKind, readonly PracticeStatus[]>> = {
  FILING: ['SUBMITTED'],
  INTEGRATION: ['SUBMITTED', 'INTEGRATION_REQUESTED'],
  WITHDRAWAL: [],
};

function milestoneOf(kind: SubmissionEntity['kind'], { number, year }: ProtocolEntry): Omit<Milestone, 'at'> {
  const entry = `protocollo n. ${number}/${year}`;
  switch (kind) {
    case 'FILING':
      return { status: 'REGISTERED', note: `Registrata con ${entry}.` };
    case 'INTEGRATION':
      return { status: 'REGISTERED', note: `Integrazione acquisita al ${entry}.` };
    case 'WITHDRAWAL':
      return { status: 'WITHDRAWN', note: `Ritiro registrato con ${entry}.` };
  }
}

async function closeRequests(manager: EntityManager, practiceId: string, now: Date): Promise<void> {
  await manager.update(IntegrationRequestEntity, { practiceId, answeredAt: IsNull() }, { answeredAt: now });
}

function openSubmissions(manager: EntityManager, practiceId: string): Promise<readonly SubmissionEntity[]> {
  return manager.find(SubmissionEntity, {
    select: { id: true },
    where: { practiceId, completedAt: IsNull() },
  });
}
