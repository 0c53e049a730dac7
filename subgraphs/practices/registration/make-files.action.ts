import { storeFile } from '../documents/store-file.ts';
import { renderSummary } from '../documents/summary.document.ts';
import { applicationXml } from './application.document.ts';
import type { Registration } from './registration.ts';
import { SubmissionEntity, SubmissionFileEntity } from './submission.entity.ts';

/**
 * Adds to the submission's files the summary for people, first, and what was filed for machines, last: the office
 * that finds the latter has everything.
 */
export async function makeFiles(registration: Registration): Promise<void> {
  const { services, manager, submission, asFiled } = registration;
  if (submission.summaryFileId !== null) return;
  const municipality = await services.legacy.anagrafe.municipality();
  const files = await manager.find(SubmissionFileEntity, {
    where: { submissionId: submission.id },
    order: { sequence: 'ASC' },
  });
  const fileNames = files.map(({ registerName }) => registerName);
  const summary = {
    fileName: `riepilogo-${asFiled.reference}.pdf`,
    mediaType: 'application/pdf',
    bytes: await renderSummary(asFiled, municipality, submission.sha256),
  };
  const machine = {
    fileName: `istanza-${asFiled.reference}.xml`,
    mediaType: 'application/xml',
    bytes: applicationXml(asFiled, { sha256: submission.sha256, fileNames }),
  };
  const last = Math.max(1, ...files.map(({ sequence }) => sequence)) + 1;
  const summaryFileId = await manager.transaction(async (within) => {
    const id = await storeFile(within, summary);
    const add = (sequence: number, fileId: string, name: string) =>
      within.insert(SubmissionFileEntity, {
        submissionId: submission.id,
        sequence,
        fileId,
        registerName: `${asFiled.reference}-${String(sequence).padStart(2, '0')}-${name}`,
      });
    await add(1, id, 'riepilogo.pdf');
    await add(last, await storeFile(within, machine), 'istanza.xml');
    await within.update(SubmissionEntity, { id: submission.id }, { summaryFileId: id });
    return id;
  });
  submission.summaryFileId = summaryFileId;
}
