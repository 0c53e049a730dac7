import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Caller } from '../../../core/identity/caller.ts';
import type { PdfContent } from '../../../core/pdf/content.ts';
import { renderPdf } from '../../../core/pdf/render-pdf.ts';
import type { FileRef } from '../../../legacy/ports/files.port.ts';
import type { RequestContext } from '../request-context.ts';
import type { OpenDocument } from './document-source.ts';

/** A PDF that is made when it is fetched: nothing more than its name is known before. */
export function fileToMake(
  fileName: string,
): Pick<FileRef, 'fileName' | 'mediaType' | 'sizeBytes' | 'sha256'> {
  return { fileName, mediaType: 'application/pdf', sizeBytes: null, sha256: null };
}

/** The same, drawn in the caller's turn. Errors: OVERLOADED, TIMEOUT. */
export async function makeDocument(
  { caller }: Pick<RequestContext, 'caller'>,
  fileName: string,
  content: PdfContent,
): Promise<OpenDocument> {
  const bytes = await renderPdf(content, groupOf(caller));
  return {
    fileName,
    mediaType: 'application/pdf',
    sizeBytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    read: async ({ start, end }) => Readable.from([bytes.subarray(start, end + 1)]),
  };
}

/** The caller's group in the queue. Anonymous callers have no identity: each of their documents is a group of its own. */
function groupOf(caller: Caller): string | undefined {
  if (caller.kind === 'anonymous') return undefined;
  return caller.kind === 'machine' ? `machine ${caller.clientId}` : caller.id;
}
