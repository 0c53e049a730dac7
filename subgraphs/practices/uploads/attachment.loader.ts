import { type EntityManager, In, IsNull, Not } from 'typeorm';
import { defineLoader } from '../../shared/loader.ts';
import { AttachmentEntity } from '../records/attachment.entity.ts';
import { StoredFileEntity } from '../stored-files/stored-file.entity.ts';

/** An attachment whose file is complete. */
export interface ReceivedAttachment {
  readonly id: string;
  readonly practiceId: string;
  readonly code: string;
  readonly submissionId: string | null;
  readonly file: StoredFileEntity;
}

/** A practice's attachments, in the order in which they were attached. */
export function attachedTo(manager: EntityManager, practiceId: string): Promise<ReceivedAttachment[]> {
  return attachmentsOf(manager, [practiceId]);
}

export const attachmentsByPractice = defineLoader<string, readonly ReceivedAttachment[]>(
  async ({ database }, ids) => {
    const found = await attachmentsOf(database.manager, ids);
    return ids.map((id) => found.filter(({ practiceId }) => practiceId === id));
  },
  (id) => id,
);

async function attachmentsOf(
  manager: EntityManager,
  practiceIds: readonly string[],
): Promise<ReceivedAttachment[]> {
  const rows = await manager.find(AttachmentEntity, {
    where: { practiceId: In(practiceIds), attachedAt: Not(IsNull()) },
    order: { attachedAt: 'ASC', createdAt: 'ASC', id: 'ASC' },
  });
  return withFiles(manager, rows);
}

/** Attachments with complete files that match these conditions. */
export async function withFiles(
  manager: EntityManager,
  rows: readonly AttachmentEntity[],
): Promise<ReceivedAttachment[]> {
  if (rows.length === 0) return [];
  const files = await manager.findBy(StoredFileEntity, { id: In(rows.map(({ fileId }) => fileId)) });
  const byId = new Map(files.map((file) => [file.id, file]));
  return rows.flatMap(({ id, practiceId, code, submissionId, fileId }) => {
    const file = byId.get(fileId ?? '');
    return file === undefined ? [] : { id, practiceId, code, submissionId, file };
  });
}
