import { type EntityManager, In } from 'typeorm';
import { createId } from '../../../core/ids.ts';
import type { Sentence } from '../../shared/problem.ts';
import type { FieldProblem } from '../../shared/shared-types.ts';
import { AttachmentEntity } from '../records/attachment.entity.ts';
import { type ReceivedAttachment, withFiles } from './attachment.loader.ts';
import { removeAttachments } from './remove-attachments.ts';

export interface FileChanges {
  readonly uploadIds?: readonly string[] | null;
  readonly removeAttachmentIds?: readonly string[] | null;
}

export interface ReadyFiles {
  readonly problems: readonly FieldProblem[];
  readonly added: readonly ReceivedAttachment[];
  readonly hasChanged: boolean;
  /** Attaches and removes; called once the whole change is known to be valid. */
  keep(): Promise<void>;
}

/** How many files of a practice may be attached or uploading, before they are filed. */
export const mostFiles = 20;

export function attachmentId(uuid: string): string {
  return createId('PracticeAttachment', uuid);
}

/** Finds the uploads to attach and the attachments to remove, for a practice that the transaction has locked. */
export async function attachUploads(
  manager: EntityManager,
  practiceId: string,
  { uploadIds, removeAttachmentIds }: FileChanges,
  now: Date,
  language: 'it' | 'en',
): Promise<ReadyFiles> {
  const [toAttach, toRemove] = [new Set(uploadIds), new Set(removeAttachmentIds)];
  if (toAttach.size + toRemove.size === 0) return noFiles;
  const rows = await manager.find(AttachmentEntity, {
    where: { practiceId },
    lock: { mode: 'pessimistic_write' },
  });
  const byId = new Map(rows.map((row) => [attachmentId(row.id), row]));
  const problems = [
    ...[...toAttach].map((id) => problemOf('uploadIds', uploadProblem(byId.get(id)), language)),
    ...[...toRemove].map((id) => problemOf('removeAttachmentIds', removalProblem(byId.get(id)), language)),
  ].filter((problem) => problem !== null);
  const added = rows.filter(({ id, attachedAt }) => attachedAt === null && toAttach.has(attachmentId(id)));
  const removed = rows.filter(({ id }) => toRemove.has(attachmentId(id)));
  return {
    problems,
    added: problems.length > 0 ? [] : await withFiles(manager, added),
    hasChanged: added.length + removed.length > 0,
    async keep() {
      if (added.length > 0)
        await manager.update(AttachmentEntity, { id: In(added.map(({ id }) => id)) }, { attachedAt: now });
      await removeAttachments(manager, removed);
    },
  };
}

const noFiles: ReadyFiles = { problems: [], added: [], hasChanged: false, keep: async () => undefined };

function uploadProblem(row: AttachmentEntity | undefined): FileProblem | null {
  if (row === undefined) return 'UPLOAD_UNKNOWN';
  return row.receivedAt === null ? 'UPLOAD_NOT_RECEIVED' : null;
}

function removalProblem(row: AttachmentEntity | undefined): FileProblem | null {
  if (row === undefined) return 'ATTACHMENT_UNKNOWN';
  return row.submissionId === null ? null : 'ATTACHMENT_FILED';
}

const sentences = {
  UPLOAD_UNKNOWN: {
    it: 'Questo file non è tra quelli caricati per la pratica: caricarlo di nuovo.',
    en: 'This file is not among the uploads of this practice: upload it again.',
  },
  UPLOAD_NOT_RECEIVED: {
    it: 'Il file non è ancora arrivato: completare il caricamento.',
    en: 'The file has not arrived yet: finish the upload.',
  },
  ATTACHMENT_UNKNOWN: {
    it: 'La pratica non ha questo allegato.',
    en: 'The practice has no such attachment.',
  },
  ATTACHMENT_FILED: {
    it: 'L’allegato è già stato inviato e non si può togliere.',
    en: 'The attachment was already filed and cannot be removed.',
  },
} as const satisfies Readonly<Record<string, Sentence>>;
type FileProblem = keyof typeof sentences;

function problemOf(path: string, code: FileProblem | null, language: 'it' | 'en'): FieldProblem | null {
  return code === null ? null : { path, code, message: sentences[code][language] };
}
