import { IsNull, MoreThanOrEqual, Not } from 'typeorm';
import { AppError } from '../../../core/errors.ts';
import type { Services } from '../../shared/request-context.ts';
import { RegisterDoubleEntity } from '../records/registration.entity.ts';
import { SubmissionEntity } from '../records/submission.entity.ts';
import { reportDoubles } from './doubles.action.ts';

export interface DoubleFound {
  readonly reference: string;
  /** The submission's own entry. */
  readonly entry: { readonly number: number; readonly year: number };
  /** The double entry; with `fileName`, an attachment that the submission's own entry has twice. */
  readonly double: { readonly number: number; readonly year: number; readonly fileName: string | null };
  readonly foundAt: Date;
}

const batch = 500;

/**
 * Searches everything filed since a day for double entries and attachments, links them to their submissions and
 * returns all known ones. Errors: LEGACY_UNAVAILABLE.
 */
export async function findDoubles(
  services: Pick<Services, 'database' | 'legacy' | 'clock' | 'log'>,
  since: Date,
): Promise<readonly DoubleFound[]> {
  const { database, legacy } = services;
  const submissions = await database.getRepository(SubmissionEntity).find({
    select: { id: true, reference: true, entryKey: true, entryNumber: true, entryYear: true },
    where: { filedAt: MoreThanOrEqual(since), entryKey: Not(IsNull()) },
    order: { filedAt: 'ASC' },
  });
  for (let start = 0; start < submissions.length; start += batch) {
    const some = submissions.slice(start, start + batch);
    const entryProgress = await legacy.practices.entryProgress(
      some.flatMap(({ entryKey }) => entryKey ?? []),
    );
    for (const [index, submission] of some.entries()) {
      const progress = entryProgress[index] ?? null;
      const doubles = progress === null || progress instanceof AppError ? [] : progress.doubles;
      await reportDoubles({ services, manager: database.manager, submission }, doubles);
    }
  }
  const known = await database.getRepository(RegisterDoubleEntity).find({ order: { foundAt: 'ASC' } });
  return known.flatMap((double) => {
    const submission = submissions.find(({ id }) => id === double.submissionId);
    return submission === undefined ? [] : toFound(submission, double);
  });
}

function toFound(
  { reference, entryNumber, entryYear }: SubmissionEntity,
  double: RegisterDoubleEntity,
): DoubleFound {
  return {
    reference,
    entry: { number: entryNumber ?? 0, year: entryYear ?? 0 },
    double: { number: double.entryNumber, year: double.entryYear, fileName: double.fileName || null },
    foundAt: double.foundAt,
  };
}
