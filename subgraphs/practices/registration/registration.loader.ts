import { In } from 'typeorm';
import { defineLoader } from '../../shared/loader.ts';
import { IntegrationRequestEntity } from './registration.entity.ts';
import { SubmissionEntity } from './submission.entity.ts';

/** How far the register is with a practice of ours, in the order of its submissions and requests. */
export interface PracticeRegistration {
  readonly submissions: readonly SubmissionEntity[];
  readonly requests: readonly IntegrationRequestEntity[];
}

/** Two statements a request, however many practices it shows. */
export const registrationByPractice = defineLoader<string, PracticeRegistration>(
  async ({ database }, practiceIds) => {
    const where = { practiceId: In(practiceIds) };
    const [submissions, requests] = await Promise.all([
      database.getRepository(SubmissionEntity).find({ select: columns, where, order: { filedAt: 'ASC' } }),
      database.getRepository(IntegrationRequestEntity).find({ where, order: { sequence: 'ASC' } }),
    ]);
    return practiceIds.map((id) => ({
      submissions: submissions.filter(({ practiceId }) => practiceId === id),
      requests: requests.filter(({ practiceId }) => practiceId === id),
    }));
  },
  (id) => id,
);

/** All but what was filed: that is long, and read on its own. */
const columns = {
  id: true,
  practiceId: true,
  kind: true,
  entryKey: true,
  entryNumber: true,
  entryYear: true,
  entryRegisteredAt: true,
  nextAttemptAt: true,
  completedAt: true,
} as const;
