import type { RegisterEntry } from '../../../legacy/ports/register.port.ts';
import { fileBytes } from '../store-file.ts';
import { reportDoubles } from './doubles.action.ts';
import { Later, Unsettled } from './later.ts';
import { gotFurther, type Registration, record, resultOf, settledAt } from './registration.ts';
import { SubmissionFileEntity } from './submission.entity.ts';

/**
 * Attaches every file of the submission to an entry, each once, and sees them all there.
 *
 * The register says nothing of an attachment's success, so each is looked for by its name: before it is sent a
 * second time, when its first time must have had its effect, and at the end.
 */
export async function attach(of: Registration, entry: RegisterEntry): Promise<void> {
  const { manager, submission } = of;
  const files = await manager.find(SubmissionFileEntity, {
    where: { submissionId: submission.id },
    order: { sequence: 'ASC' },
  });
  if (files.every(({ verifiedAt }) => verifiedAt !== null)) return;
  const before = await verify(of, entry, files);
  const waits: Date[] = [];
  for (const file of before) {
    const settled = file.attemptedAt === null ? null : settledAt(of.ground, file.attemptedAt);
    if (settled !== null && of.ground.clock.now() < settled) waits.push(settled);
    else await send(of, entry, file);
  }
  const [first] = [...waits].sort((a, b) => a.getTime() - b.getTime());
  if (first !== undefined) throw new Later(first);
  const [missing] = await verify(of, entry, before);
  if (missing !== undefined)
    throw new Unsettled(
      settledAt(of.ground, missing.attemptedAt ?? of.ground.clock.now()),
      new Error(`Attachment ${missing.sequence} was taken and does not show.`),
    );
}

/** Notes which files the register shows; those that it does not. */
async function verify(
  { ground, manager, submission }: Registration,
  entry: RegisterEntry,
  files: readonly SubmissionFileEntity[],
): Promise<readonly SubmissionFileEntity[]> {
  const names = await ground.legacy.register.attachmentNames(entry.key);
  const shown = (name: string) => names.filter((one) => one === name).length;
  for (const file of files.filter(
    ({ registerName, verifiedAt }) => verifiedAt === null && shown(registerName) > 0,
  )) {
    const { submissionId, sequence, registerName } = file;
    file.verifiedAt = ground.clock.now();
    await manager.update(SubmissionFileEntity, { submissionId, sequence }, { verifiedAt: file.verifiedAt });
    const doubles = shown(registerName) > 1 ? [{ ...entry, fileName: registerName }] : [];
    await reportDoubles({ ground, manager, submission }, doubles);
  }
  return files.filter(({ verifiedAt }) => verifiedAt === null);
}

async function send(of: Registration, entry: RegisterEntry, file: SubmissionFileEntity): Promise<void> {
  const { ground, manager, signal } = of;
  const { submissionId, sequence, registerName, fileId } = file;
  // The run's time is over: what is left goes on in a next one.
  if (signal.aborted) throw new Later(ground.clock.now());
  const bytes = await fileBytes(manager, fileId);
  file.attemptedAt = ground.clock.now();
  await manager.update(SubmissionFileEntity, { submissionId, sequence }, { attemptedAt: file.attemptedAt });
  const written = await ground.legacy.register.insertAttachment(entry.key, { name: registerName, bytes });
  resultOf(of, file.attemptedAt, written);
  await record(of, gotFurther);
}
