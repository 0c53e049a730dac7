import { type EntityManager, In } from 'typeorm';
import { AttachmentEntity } from '../records/attachment.entity.ts';
import { StoredFileChunkEntity, StoredFileEntity } from '../stored-files/stored-file.entity.ts';

/** Permanently deletes attachments that were not filed, with their bytes. */
export async function removeAttachments(
  manager: EntityManager,
  rows: readonly Pick<AttachmentEntity, 'id' | 'fileId'>[],
): Promise<void> {
  if (rows.length === 0) return;
  await manager.delete(AttachmentEntity, { id: In(rows.map(({ id }) => id)) });
  await removeFiles(
    manager,
    rows.flatMap(({ fileId }) => fileId ?? []),
  );
}

/** All attachments of a draft, unfinished uploads included. */
export async function removeAllAttachments(manager: EntityManager, practiceId: string): Promise<void> {
  await removeAttachments(manager, await manager.findBy(AttachmentEntity, { practiceId }));
}

/** Stored files, complete or not, that nothing refers to. */
export async function removeFiles(manager: EntityManager, ids: readonly string[]): Promise<void> {
  await manager.delete(StoredFileEntity, { id: In(ids) });
  await manager.delete(StoredFileChunkEntity, { fileId: In(ids) });
}
