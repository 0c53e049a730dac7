import { ApiError } from './api-error.ts';
import type { Client } from './create-client.ts';
import { CreateUpload, type CreateUploadMutation } from './operations.generated.ts';
import { isProblem, type ProblemOf } from './problems.ts';

export interface UploadFile {
  readonly practiceId: string;
  /** The code of a required attachment. */
  readonly attachmentCode: string;
  readonly fileName: string;
  readonly content: Blob | Uint8Array<ArrayBuffer>;
  /** The bytes decide what the file is; may be left out. */
  readonly mediaType?: string | undefined;
}

type Refusal = ProblemOf<NonNullable<CreateUploadMutation['createUpload']>>;

/**
 * Sends a file of a practice, and answers the id that `savePractice` takes in `uploadIds`, or why it was refused.
 *
 * Errors: ApiError.
 */
export async function uploadFile(
  client: Client,
  file: UploadFile,
): Promise<{ readonly uploadId: string } | Refusal> {
  const { practiceId, attachmentCode, fileName, mediaType } = file;
  const content = file.content instanceof Blob ? file.content : new Blob([file.content]);
  const { createUpload } = await client.mutate(CreateUpload, {
    input: {
      practiceId,
      attachmentCode,
      fileName,
      mediaType: mediaType ?? content.type,
      sizeBytes: content.size,
    },
  });
  if (createUpload == null)
    throw new ApiError('The API gave no address for the file.', 'INTERNAL_SERVER_ERROR', null, []);
  if (isProblem(createUpload)) return createUpload;
  const { uploadId, uploadUrl } = createUpload;
  const response = await client.fetch(uploadUrl, { method: 'PUT', body: content });
  if (response.ok) return { uploadId };
  const { errors } = (await response.json().catch(() => ({}))) as {
    errors?: readonly { message: string; extensions?: { code?: string; requestId?: string } }[];
  };
  const [first] = errors ?? [];
  const message = first?.message ?? `The file was answered ${response.status}.`;
  const code = first?.extensions?.code ?? 'UPLOAD_FAILED';
  throw new ApiError(message, code, response.status, [
    { message, code, path: [], requestId: first?.extensions?.requestId ?? null },
  ]);
}
