import { randomUUID } from 'node:crypto';
import { type EntityManager, IsNull } from 'typeorm';
import { entitlementOf } from '../../shared/entitlement.ts';
import { type NotAllowed, notAllowed, Problem } from '../../shared/problem.ts';
import { recordAccess, recordWrite } from '../../shared/record-access.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import { AttachmentEntity } from '../records/attachment.entity.ts';
import { filerOf, lockOwnPractice, mayChange, uuidOf } from '../records/filing-rights.ts';
import { canonicalMediaType, isUndecided, nameOfMediaType } from '../records/media-types.ts';
import type { PracticeEntity } from '../records/practice.entity.ts';
import { IntegrationRequestEntity } from '../records/registration.entity.ts';
import type { StoredRequiredAttachment } from '../records/template.entity.ts';
import { formOf } from '../template/form-of.ts';
import { attachmentId, mostFiles } from '../uploads/attach-uploads.ts';
import { cleanUploadQueue, forgottenAfterMs } from '../uploads/clean-upload.job.ts';
import type { CreateUploadInput } from './filing.input.ts';
import { type CreateUploadResult, type UploadRefused, UploadTicket } from './filing.result.ts';
import { isOverQuota, lockPerson, mostStoredBytes } from './quota.ts';
import { uploadRefused } from './refusals.ts';

/** How long an upload may take to start. */
const beginWithinMs = 15 * 60_000;

/** A one-use address for the bytes of one file, which nothing refers to until a save attaches it. */
export async function createUpload(
  context: RequestContext,
  input: CreateUploadInput,
): Promise<typeof CreateUploadResult> {
  const outcome = await announce(context, input);
  if (outcome instanceof Problem) recordAccess(context, 'Practice.upload', 'refused', [input.practiceId]);
  return outcome;
}

async function announce(
  context: RequestContext,
  input: CreateUploadInput,
): Promise<typeof CreateUploadResult> {
  const filer = filerOf(context);
  const uuid = uuidOf(input.practiceId);
  if (filer === null || uuid === null) return notAllowed(context);
  const now = context.clock.now();
  const entitlement = await entitlementOf(context);
  return context.database.transaction(async (manager): Promise<UploadTicket | UploadRefused | NotAllowed> => {
    await lockPerson(manager, filer.codiceFiscale);
    const practice = await lockOwnPractice(entitlement, manager, filer, uuid);
    if (practice === null) return notAllowed(context);
    if (!mayChange(practice.status)) return uploadRefused(context, 'NOT_EDITABLE');
    const wanted = (await wantedBy(manager, practice)).find(({ code }) => code === input.attachmentCode);
    const announced = wanted === undefined ? null : checked(context, wanted, input);
    if (wanted === undefined || announced === null) return uploadRefused(context, 'UNKNOWN_ATTACHMENT');
    if (announced instanceof Problem) return announced;
    if ((await manager.countBy(AttachmentEntity, { practiceId: uuid, submissionId: IsNull() })) >= mostFiles)
      return uploadRefused(context, 'TOO_MANY');
    if (await isOverQuota(manager, filer.codiceFiscale, input.sizeBytes, now))
      return uploadRefused(context, 'QUOTA_EXCEEDED', inMegabytes(mostStoredBytes, context.language));
    const id = randomUUID();
    const parts = { kind: 'PracticeAttachment', parts: [id], caller: filer } as const;
    const { uploadUrl, expiresAt } = context.documents.signUpload('practices', parts, beginWithinMs);
    const dates = { createdAt: now, expiresAt: new Date(expiresAt) };
    await manager.insert(AttachmentEntity, {
      id,
      practiceId: uuid,
      code: wanted.code,
      ...announced,
      ...dates,
    });
    await context.jobs.add(manager, cleanUploadQueue, id, new Date(now.getTime() + forgottenAfterMs));
    await recordWrite(context, manager, 'Practice.upload', [input.practiceId, attachmentId(id)]);
    return Object.assign(new UploadTicket(), { uploadId: attachmentId(id), uploadUrl, expiresAt });
  });
}

/** The attachments that the form requires, and those that the office asked for. */
async function wantedBy(
  manager: EntityManager,
  { id: practiceId, templateId, revision, status }: PracticeEntity,
): Promise<readonly StoredRequiredAttachment[]> {
  const { requiredAttachments } = await formOf(manager, { templateId, revision });
  if (status === 'DRAFT') return requiredAttachments;
  const requests = await manager.findBy(IntegrationRequestEntity, { practiceId, answeredAt: IsNull() });
  return [...requests.flatMap(({ attachments }) => attachments), ...requiredAttachments];
}

type Announced = Pick<
  AttachmentEntity,
  'fileName' | 'mediaType' | 'acceptedTypes' | 'maxBytes' | 'announcedBytes' | 'announcedSha256'
>;

function checked(
  context: RequestContext,
  { mediaTypes, maxBytes }: StoredRequiredAttachment,
  { fileName: givenName, mediaType: givenType, sizeBytes, sha256 }: CreateUploadInput,
): Announced | UploadRefused {
  const fileName = givenName.normalize('NFC').split(/[/\\]/).at(-1)?.trim() ?? '';
  const mediaType = canonicalMediaType(givenType);
  const acceptedTypes = mediaTypes.flatMap((type) => canonicalMediaType(type) ?? []);
  const announcedSha256 = sha256?.trim().toLowerCase() ?? null;
  if (mediaType === null ? !isUndecided(givenType) : !acceptedTypes.includes(mediaType))
    return uploadRefused(
      context,
      'MEDIA_TYPE_NOT_ACCEPTED',
      `${acceptedTypes.map(nameOfMediaType).join(', ')}.`,
    );
  if (sizeBytes <= 0) return uploadRefused(context, 'EMPTY');
  if (sizeBytes > maxBytes)
    return uploadRefused(context, 'TOO_LARGE', inMegabytes(maxBytes, context.language));
  if (announcedSha256 !== null && !/^[\da-f]{64}$/.test(announcedSha256))
    return uploadRefused(context, 'SHA256_INVALID');
  if (!isFileName(fileName)) return uploadRefused(context, 'FILE_NAME_INVALID');
  return {
    fileName,
    mediaType,
    acceptedTypes,
    maxBytes,
    announcedBytes: sizeBytes,
    announcedSha256,
  };
}

function isFileName(name: string): boolean {
  const isPrintable = name.isWellFormed() && !/[\p{Cc}\p{Cf}\u2028\u2029]/u.test(name);
  return isPrintable && name.length <= 200 && /[\p{L}\p{N}]/u.test(name);
}

function inMegabytes(bytes: number, language: 'it' | 'en'): string {
  const megabytes = bytes / (1024 * 1024);
  return `${megabytes.toLocaleString(language, { maximumFractionDigits: 1 })} MB.`;
}
