import type { JobDefinition } from '../../shared/jobs/job.ts';
import { AttachmentEntity } from '../records/attachment.entity.ts';
import { removeAttachments } from './remove-attachments.ts';

export const cleanUploadQueue = 'practices.clean-upload';

/** An upload that no save attached is removed after a day. */
export const forgottenAfterMs = 24 * 3_600_000;

/** Removes an upload that was never attached, even if the process that received it died. */
export const cleanUpload: JobDefinition = {
  queue: cleanUploadQueue,
  concurrency: 1,
  timeoutMs: 30_000,
  run: ({ database }, id) =>
    database.transaction(async (manager) => {
      const row = await manager.findOne(AttachmentEntity, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      });
      if (row !== null && row.attachedAt === null) await removeAttachments(manager, [row]);
      return null;
    }),
};
