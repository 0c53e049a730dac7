import { type DocumentSource, documentFor } from '../../shared/documents/document-source.ts';
import { entitlementOf, isHiddenPractice } from '../../shared/entitlement.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import { AttachmentEntity } from '../records/attachment.entity.ts';
import { filerOf } from '../records/filing-rights.ts';
import { PracticeEntity } from '../records/practice.entity.ts';
import { storedDocument } from '../stored-files/stored-file.document.ts';
import { attachmentId } from './attach-uploads.ts';
import { type ReceivedAttachment, withFiles } from './attachment.loader.ts';
import type { PracticeAttachment } from './attachment.type.ts';

export function toAttachment(
  context: RequestContext,
  { id, code, file }: ReceivedAttachment,
): PracticeAttachment {
  const document = documentFor(context, 'practices', 'PracticeAttachment', [id], file);
  return { id: attachmentId(id), attachmentCode: code, document };
}

/** A file that an applicant attached, for as long as the practice is the caller's. */
export const attachmentDocument: DocumentSource = async (context, [id]) => {
  const row = await context.database.getRepository(AttachmentEntity).findOneBy({ id: String(id) });
  const practice = row?.attachedAt == null ? null : await ownPracticeOf(context, row);
  const [attachment] =
    row === null || practice === null ? [] : await withFiles(context.database.manager, [row]);
  return attachment === undefined ? null : storedDocument(context, attachment.file);
};

async function ownPracticeOf(context: RequestContext, { practiceId }: AttachmentEntity) {
  const applicant = filerOf(context)?.codiceFiscale;
  if (applicant === undefined) return null;
  const practice = await context.database
    .getRepository(PracticeEntity)
    .findOneBy({ id: practiceId, applicant });
  return practice === null || isHiddenPractice(await entitlementOf(context), practice) ? null : practice;
}
