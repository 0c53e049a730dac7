import { In } from 'typeorm';
import { defineLoader } from '../../shared/loader.ts';
import { IntegrationRequestEntity } from '../records/registration.entity.ts';
import { SubmissionEntity } from '../records/submission.entity.ts';

/** The registration of a practice: its submissions and requests, in order. */
export interface PracticeRegistration {
  readonly submissions: readonly SubmissionEntity[];
  readonly requests: readonly IntegrationRequestEntity[];
}

/** Two statements for a request, for any number of practices. */
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

/** Without `asFiled`, which is long and has a query of its own. */
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
