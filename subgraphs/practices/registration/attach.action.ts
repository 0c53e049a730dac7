import type { ProtocolEntry } from '../../../legacy/ports/protocol-register.port.ts';
import { SubmissionFileEntity } from '../records/submission.entity.ts';
import { fileBytes } from '../stored-files/store-file.ts';
import { reportDoubles } from './doubles.action.ts';
import { failuresCleared, type Registration, record, resultOf, settledAt } from './registration.ts';
import { RetryLater, Unsettled } from './retry-later.ts';

/**
 * Attaches every file of the submission to an entry, each once, and confirms that the entry shows them all.
 *
 * The protocol register does not report the success of an attachment, so each is looked up by its name: before a
 * second attempt, once the first must have had its effect, and at the end.
 */
export async function attach(registration: Registration, entry: ProtocolEntry): Promise<void> {
  const { manager, submission } = registration;
  const files = await manager.find(SubmissionFileEntity, {
    where: { submissionId: submission.id },
    order: { sequence: 'ASC' },
  });
  if (files.every(({ verifiedAt }) => verifiedAt !== null)) return;
  const before = await verify(registration, entry, files);
  const waits: Date[] = [];
  for (const file of before) {
    const settled = file.attemptedAt === null ? null : settledAt(registration.services, file.attemptedAt);
    if (settled !== null && registration.services.clock.now() < settled) waits.push(settled);
    else await send(registration, entry, file);
  }
  const [first] = [...waits].sort((a, b) => a.getTime() - b.getTime());
  if (first !== undefined) throw new RetryLater(first);
  const [missing] = await verify(registration, entry, before);
  if (missing !== undefined)
    throw new Unsettled(
      settledAt(registration.services, missing.attemptedAt ?? registration.services.clock.now()),
      new Error(`Attachment ${missing.sequence} was taken and does not show.`),
    );
}

/** Records the files that the entry shows; returns the others. */
async function verify(
  { services, manager, submission }: Registration,
  entry: ProtocolEntry,
  files: readonly SubmissionFileEntity[],
): Promise<readonly SubmissionFileEntity[]> {
  const names = await services.legacy.protocolRegister.attachmentNames(entry.key);
  const shown = (name: string) => names.filter((one) => one === name).length;
  for (const file of files.filter(
    ({ registerName, verifiedAt }) => verifiedAt === null && shown(registerName) > 0,
  )) {
    const { submissionId, sequence, registerName } = file;
    file.verifiedAt = services.clock.now();
    await manager.update(SubmissionFileEntity, { submissionId, sequence }, { verifiedAt: file.verifiedAt });
    const doubles = shown(registerName) > 1 ? [{ ...entry, fileName: registerName }] : [];
    await reportDoubles({ services, manager, submission }, doubles);
  }
  return files.filter(({ verifiedAt }) => verifiedAt === null);
}

async function send(
  registration: Registration,
  entry: ProtocolEntry,
  file: SubmissionFileEntity,
): Promise<void> {
  const { services, manager, signal } = registration;
  const { submissionId, sequence, registerName, fileId } = file;
  // The run has used its time: a later run continues.
  if (signal.aborted) throw new RetryLater(services.clock.now());
  const bytes = await fileBytes(manager, services.fileKeys, fileId);
  file.attemptedAt = services.clock.now();
  await manager.update(SubmissionFileEntity, { submissionId, sequence }, { attemptedAt: file.attemptedAt });
  const written = await services.legacy.protocolRegister.insertAttachment(entry.key, {
    name: registerName,
    bytes,
  });
  resultOf(registration, file.attemptedAt, written);
  await record(registration, failuresCleared);
}
