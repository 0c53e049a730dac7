import type { EntityManager } from 'typeorm';
import { toInstant } from '../../../core/values/index.ts';
import type { ProtocolEntry, Written } from '../../../legacy/ports/protocol-register.port.ts';
import type { Services } from '../../shared/request-context.ts';
import type { FiledApplication } from '../records/filed-application.ts';
import { SubmissionEntity } from '../records/submission.entity.ts';
import { Refused, Unsettled } from './retry-later.ts';

/** One submission during its registration, under its advisory lock: every step writes through `manager`. */
export interface Registration {
  readonly services: Services;
  readonly manager: EntityManager;
  readonly submission: SubmissionEntity;
  readonly asFiled: FiledApplication;
  readonly signal: AbortSignal;
}

/** Stores the progress. A step that succeeds resets the count of failures. */
export async function record({ manager, submission }: Registration, change: Partial<SubmissionEntity>) {
  await manager.update(SubmissionEntity, { id: submission.id }, change);
  Object.assign(submission, change);
}

export const failuresCleared = { failures: 0, nextAttemptAt: null } as const;

/** The time by which an earlier attempt has had its effect, or never will. */
export function settledAt({ legacy }: Services, begun: Date): Date {
  return new Date(begun.getTime() + legacy.protocolRegister.settleMs);
}

/** The result of a write. Errors: Refused, Unsettled. */
export function resultOf<Value>(
  { services }: Pick<Registration, 'services'>,
  begun: Date,
  written: Written<Value>,
): Value {
  if (written.outcome === 'sent') return written.value;
  if (written.outcome === 'rejected') throw new Refused(written.reason);
  throw new Unsettled(settledAt(services, begun), written.cause);
}

export function entryOf({ submission }: Pick<Registration, 'submission'>): ProtocolEntry | null {
  const { entryKey: key, entryNumber: number, entryYear: year, entryRegisteredAt } = submission;
  if (key === null || number === null || year === null || entryRegisteredAt === null) return null;
  return { key, number, year, registeredAt: toInstant(entryRegisteredAt) };
}
