import type { EntityManager } from 'typeorm';
import type { EntryKey } from '../../../legacy/ports/keys.ts';
import type { Services } from '../../shared/request-context.ts';
import { RegisterDoubleEntity } from '../records/registration.entity.ts';

export interface Double {
  readonly key: EntryKey;
  readonly number: number;
  readonly year: number;
  /** For an attachment that an entry has more than once. */
  readonly fileName?: string;
}

/** Links double entries and attachments to their submission and reports new ones to the operator. */
export async function reportDoubles(
  {
    services,
    manager,
    submission,
  }: {
    readonly services: Pick<Services, 'clock' | 'log'>;
    readonly manager: EntityManager;
    readonly submission: { readonly id: string; readonly reference: string };
  },
  doubles: readonly Double[],
): Promise<void> {
  for (const { key, number, year, fileName = '' } of doubles) {
    const known = await manager.findOneBy(RegisterDoubleEntity, {
      submissionId: submission.id,
      entryKey: key,
      fileName,
    });
    if (known !== null) continue;
    services.log.error('register.double', {
      submission: submission.id,
      reference: submission.reference,
      number,
      year,
      fileName,
    });
    await manager
      .createQueryBuilder()
      .insert()
      .into(RegisterDoubleEntity)
      .values({
        submissionId: submission.id,
        entryKey: key,
        fileName,
        entryNumber: number,
        entryYear: year,
        foundAt: services.clock.now(),
      })
      .orIgnore()
      .execute();
  }
}
