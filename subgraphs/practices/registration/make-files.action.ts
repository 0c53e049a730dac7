import { SubmissionEntity, SubmissionFileEntity } from '../records/submission.entity.ts';
import { storeFile } from '../stored-files/store-file.ts';
import { applicationXml } from './application.document.ts';
import type { Registration } from './registration.ts';
import { renderSummary } from './summary.document.ts';

/**
 * Adds the summary for people as the submission's first file, and the data for software as its last: the office
 * that finds the last file has them all.
 *
 * An application for a child of another household is marked as such in both. The applicant's own copy of the
 * summary never says so: it would tell anyone who knows a child's code where the child is registered.
 */
export async function makeFiles(registration: Registration): Promise<void> {
  const { services, manager, submission, asFiled } = registration;
  if (submission.summaryFileId !== null) return;
  const { anagrafe } = services.legacy;
  const municipality = await anagrafe.municipality();
  const childRegistration =
    asFiled.child === null
      ? null
      : await anagrafe.childRegistration(asFiled.applicant.codiceFiscale, asFiled.child);
  const files = await manager.find(SubmissionFileEntity, {
    where: { submissionId: submission.id },
    order: { sequence: 'ASC' },
  });
  const fileNames = files.map(({ registerName }) => registerName);
  const machine = {
    fileName: `istanza-${asFiled.reference}.xml`,
    mediaType: 'application/xml',
    bytes: applicationXml(asFiled, { sha256: submission.sha256, fileNames, childRegistration }),
  };
  const last = Math.max(1, ...files.map(({ sequence }) => sequence)) + 1;
  const summaryWith = async (officeNote: string | null) => ({
    fileName: `riepilogo-${asFiled.reference}.pdf`,
    mediaType: 'application/pdf',
    bytes: await renderSummary(asFiled, municipality, submission.sha256, officeNote),
  });
  const own = await summaryWith(null);
  const office = childRegistration === 'OTHER_HOUSEHOLD' ? await summaryWith(otherHousehold) : own;
  const summaryFileId = await manager.transaction(async (within) => {
    const ownId = await storeFile(within, services.fileKeys, own);
    const add = (sequence: number, fileId: string, name: string) =>
      within.insert(SubmissionFileEntity, {
        submissionId: submission.id,
        sequence,
        fileId,
        registerName: `${asFiled.reference}-${String(sequence).padStart(2, '0')}-${name}`,
      });
    await add(
      1,
      office === own ? ownId : await storeFile(within, services.fileKeys, office),
      'riepilogo.pdf',
    );
    await add(last, await storeFile(within, services.fileKeys, machine), 'istanza.xml');
    await within.update(SubmissionEntity, { id: submission.id }, { summaryFileId: ownId });
    return ownId;
  });
  submission.summaryFileId = summaryFileId;
}

const otherHousehold =
  'il minore è residente in un nucleo familiare diverso da quello del richiedente: prima di decidere verificare chi esercita la responsabilità genitoriale.';
