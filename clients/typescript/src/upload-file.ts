import { ApiError, lost, toFieldError, type WireError } from './api-error.ts';
import type { Client } from './create-client.ts';
import { CreateUpload, type CreateUploadMutation } from './operations.generated.ts';
import { isProblem, type ProblemOf } from './problems.ts';
import { pause, retryAfterMs } from './retrying-fetch.ts';

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
  if (createUpload == null) throw lost([]);
  if (isProblem(createUpload)) return createUpload;
  const { uploadId, uploadUrl } = createUpload;
  for (let attempt = 0; ; attempt++) {
    const refusal = await put(client, uploadUrl, content);
    // Received by a try whose answer was lost.
    if (refusal === null || refusal.code === 'ALREADY_RECEIVED') return { uploadId };
    if (refusal.code !== 'IN_PROGRESS' || attempt >= mostTries) throw refusal;
    await pause(arrivalMs);
  }
}

/** A try whose connection broke may count as arriving for some seconds. */
const mostTries = 10;
const arrivalMs = 1_000;

/** Null if the bytes were received. */
async function put(client: Client, url: string, body: Blob): Promise<ApiError | null> {
  let response: Response;
  try {
    response = await client.fetch(url, { method: 'PUT', body });
  } catch (cause) {
    const message = 'The file was not sent: no answer came.';
    return new ApiError(message, { code: 'NETWORK', status: null, errors: [], cause });
  }
  if (response.ok) return null;
  const answer = (await response.json().catch(() => ({}))) as { errors?: readonly WireError[] };
  const errors = (answer.errors ?? []).map(toFieldError);
  const [first] = errors;
  const message = first?.message ?? `The file was answered ${response.status}.`;
  const code = first?.code ?? 'UPLOAD_FAILED';
  const { status } = response;
  return new ApiError(message, { code, status, errors, retryAfterMs: retryAfterMs(response) });
}
