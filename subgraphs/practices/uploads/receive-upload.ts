import { createHash, randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { type Entitlement, entitlementOf, isHiddenPractice } from '../../shared/entitlement.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import type { ReceivedUpload, UploadRefusalCode, UploadSink } from '../../shared/uploads/upload-sink.ts';
import { AttachmentEntity } from '../records/attachment.entity.ts';
import { filerOf, mayChange } from '../records/filing-rights.ts';
import {
  type AcceptableMediaType,
  isAsAnnounced,
  nameOfType,
  sniffMediaType,
} from '../records/media-types.ts';
import { PracticeEntity } from '../records/practice.entity.ts';
import { sealChunk } from '../stored-files/stored-chunk.ts';
import { chunkBytes } from '../stored-files/stored-file.document.ts';
import { StoredFileChunkEntity, StoredFileEntity } from '../stored-files/stored-file.entity.ts';
import { attachmentId } from './attach-uploads.ts';
import { removeFiles } from './remove-attachments.ts';

/** The longest time of an upload; after it another attempt may replace it. */
const longestMs = 5 * 60_000;

/**
 * Receives the bytes of an announced file.
 *
 * No transaction is open while they arrive, however slowly: chunks are written as they arrive, and the row of the
 * file last. An interrupted attempt is removed here, by the next attempt, or by the job that cleans up.
 */
export const receiveUpload: UploadSink = async (context, [id], { announcedBytes, bytes }) => {
  const upload = await begin(context, String(id));
  if (typeof upload === 'string') return upload;
  try {
    const isTooLarge = announcedBytes !== null && announcedBytes > upload.maxBytes;
    const outcome = isTooLarge ? 'TOO_LARGE' : await receive(context, upload, bytes);
    if (typeof outcome === 'string') await giveUp(context.database, upload);
    return outcome;
  } catch (error) {
    await giveUp(context.database, upload).catch(() => undefined);
    throw error;
  }
};

type ReceivedFile = ReceivedUpload & { readonly mediaType: AcceptableMediaType };

type Upload = AttachmentEntity & { readonly fileId: string };

/** Reserves the upload for this attempt. Only one at a time, and none after one was received. */
async function begin(context: RequestContext, id: string): Promise<Upload | UploadRefusalCode> {
  const now = context.clock.now();
  const entitlement = await entitlementOf(context);
  return context.database.transaction(async (manager) => {
    const upload = await manager.findOne(AttachmentEntity, {
      where: { id },
      lock: { mode: 'pessimistic_write' },
    });
    if (upload === null || !(await isOpenToCaller(manager, context, entitlement, upload))) return 'NOT_FOUND';
    if (upload.receivedAt !== null) return 'ALREADY_RECEIVED';
    if (upload.expiresAt <= now) return 'EXPIRED';
    const { receivingSince, fileId: left } = upload;
    if (receivingSince !== null && now.getTime() - receivingSince.getTime() < longestMs) return 'IN_PROGRESS';
    if (left !== null) await removeFiles(manager, [left]);
    const fileId = randomUUID();
    await manager.update(AttachmentEntity, id, { fileId, receivingSince: now });
    return { ...upload, fileId, receivingSince: now };
  });
}

async function isOpenToCaller(
  manager: EntityManager,
  context: RequestContext,
  entitlement: Entitlement,
  { practiceId }: AttachmentEntity,
): Promise<boolean> {
  const applicant = filerOf(context)?.codiceFiscale;
  if (applicant === undefined) return false;
  const practice = await manager.findOneBy(PracticeEntity, { id: practiceId, applicant });
  const isOwn = practice !== null && !isHiddenPractice(entitlement, practice);
  return isOwn && mayChange(practice.status);
}

async function receive(
  context: RequestContext,
  upload: Upload,
  bytes: AsyncIterable<Uint8Array>,
): Promise<ReceivedUpload | UploadRefusalCode> {
  const { fileId, maxBytes, announcedBytes, announcedSha256 } = upload;
  const hash = createHash('sha256');
  const chunks = context.database.getRepository(StoredFileChunkEntity);
  let [sizeBytes, sequence] = [0, 0];
  let mediaType: AcceptableMediaType | null = null;
  try {
    for await (const chunk of inChunks(bytes, maxBytes)) {
      if (chunk === 'TOO_LARGE') return chunk;
      if (sequence === 0) mediaType = await typeOf(chunk, upload);
      if (mediaType === null) return 'MEDIA_TYPE_DIFFERS';
      if (context.clock.now().getTime() - (upload.receivingSince?.getTime() ?? 0) >= longestMs)
        return 'INCOMPLETE';
      hash.update(chunk);
      sizeBytes += chunk.length;
      await chunks.insert(sealChunk(context.fileKeys, { fileId, sequence }, chunk));
      sequence++;
    }
  } catch (error) {
    if (isBrokenOff(error)) return 'INCOMPLETE';
    throw error;
  }
  const sha256 = hash.digest('hex');
  if (sizeBytes === 0 || mediaType === null) return 'EMPTY';
  if (announcedBytes !== null && announcedBytes !== sizeBytes) return 'SIZE_DIFFERS';
  if (announcedSha256 !== null && announcedSha256 !== sha256) return 'SHA256_DIFFERS';
  return finish(context, upload, { uploadId: attachmentId(upload.id), mediaType, sizeBytes, sha256 });
}

/** The file's media type, if it is accepted here; else null. */
async function typeOf(
  start: Buffer,
  { mediaType: announced, acceptedTypes }: Upload,
): Promise<AcceptableMediaType | null> {
  const actual = await sniffMediaType(start);
  const isFitting =
    actual !== null && (acceptedTypes ?? [announced]).includes(actual) && isAsAnnounced(actual, announced);
  return isFitting ? actual : null;
}

/** Writes the row that makes the chunks a file, unless another attempt was faster or the draft is gone. */
function finish(
  { database, clock }: RequestContext,
  { id, fileId, fileName }: Upload,
  received: ReceivedFile,
): Promise<ReceivedUpload | UploadRefusalCode> {
  const { mediaType, sizeBytes, sha256 } = received;
  return database.transaction(async (manager) => {
    const { affected } = await manager.update(AttachmentEntity, { id, fileId }, { receivedAt: clock.now() });
    if (affected !== 1) return 'NOT_FOUND';
    const name = nameOfType(fileName, mediaType);
    await manager.insert(StoredFileEntity, { id: fileId, fileName: name, mediaType, sizeBytes, sha256 });
    return received;
  });
}

/** Removes all data of an attempt, and frees the address for another one. */
async function giveUp(database: DataSource, { id, fileId }: Upload): Promise<void> {
  await database.transaction(async (manager) => {
    await manager.update(AttachmentEntity, { id, fileId }, { fileId: null, receivingSince: null });
    await removeFiles(manager, [fileId]);
  });
}

/** Full chunks and a rest; fails if there are more bytes than allowed. */
async function* inChunks(
  bytes: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<Buffer | 'TOO_LARGE'> {
  let [held, total]: [Buffer[], number] = [[], 0];
  let heldBytes = 0;
  for await (const part of bytes) {
    total += part.length;
    if (total > maxBytes) return void (yield 'TOO_LARGE');
    held.push(Buffer.from(part.buffer, part.byteOffset, part.length));
    heldBytes += part.length;
    while (heldBytes >= chunkBytes) {
      const whole = Buffer.concat(held);
      yield whole.subarray(0, chunkBytes);
      held = [whole.subarray(chunkBytes)];
      heldBytes = whole.length - chunkBytes;
    }
  }
  if (heldBytes > 0) yield Buffer.concat(held);
}

/** Whether the client disconnected, rather than our database. */
function isBrokenOff(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ABORT_ERR';
}
