import { type DocumentSource, documentFor } from '../../skeleton/documents/document-source.ts';
import type { Scope } from '../../skeleton/scope.ts';
import { filerOf } from '../filing/who-may.ts';
import { PracticeEntity } from '../practice.entity.ts';
import type { PracticeAttachment } from '../practice.type.ts';
import { storedDocument } from '../stored-file.document.ts';
import { attachmentId } from './attach-uploads.ts';
import { AttachmentEntity } from './attachment.entity.ts';
import { type ReceivedAttachment, withFiles } from './attachment.loader.ts';

export function toAttachment(scope: Scope, { id, code, file }: ReceivedAttachment): PracticeAttachment {
  const document = documentFor(scope, 'practices', 'PracticeAttachment', [id], file);
  return { id: attachmentId(id), attachmentCode: code, document };
}

/** A file that an applicant attached, as long as the practice is the caller's. */
export const attachmentDocument: DocumentSource = async (scope, [id]) => {
  const row = await scope.database.getRepository(AttachmentEntity).findOneBy({ id: String(id) });
  const practice = row?.attachedAt == null ? null : await ownPracticeOf(scope, row);
  const [attachment] =
    row === null || practice === null ? [] : await withFiles(scope.database.manager, [row]);
  return attachment === undefined ? null : storedDocument(scope.database, attachment.file);
};

async function ownPracticeOf(scope: Scope, { practiceId }: AttachmentEntity) {
  const applicant = filerOf(scope)?.codiceFiscale;
  if (applicant === undefined) return null;
  return scope.database.getRepository(PracticeEntity).findOneBy({ id: practiceId, applicant });
}
