import { nothingIn } from '../../core/unreadable.ts';
import { type DocumentSource, legacyDocument } from '../shared/documents/document-source.ts';
import { attachmentsOf } from './invoice-parts.loader.ts';

/** The file of an attachment, if the caller still may see the invoice. */
export const invoiceAttachmentDocument: DocumentSource = async (context, parts) => {
  const [year, number, sequence] = parts.map(Number);
  if (year === undefined || number === undefined) return null;
  const key = { year, number };
  const attachments = await attachmentsOf(context, { key, siblings: [key] }, (found) => found);
  const found = attachments.find((attachment) => attachment.sequence === sequence) ?? nothingIn(attachments);
  const document = found?.file == null ? null : legacyDocument(context, found.file);
  return document === null ? null : { ...document, childKey: found?.childKey ?? null };
};
