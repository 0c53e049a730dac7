import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { type CodiceFiscale, parseCodiceFiscale, toInstant } from '../../core/values/index.ts';
import type { FiledApplication } from '../../subgraphs/practices/records/filed-application.ts';
import { PracticeEntity, PracticeEventEntity } from '../../subgraphs/practices/records/practice.entity.ts';
import {
  SubmissionEntity,
  SubmissionFileEntity,
  type SubmissionKind,
} from '../../subgraphs/practices/records/submission.entity.ts';
import { TemplateEntity } from '../../subgraphs/practices/records/template.entity.ts';
import { registerQueue } from '../../subgraphs/practices/registration/queues.ts';
import { storeFile } from '../../subgraphs/practices/stored-files/store-file.ts';
import type { Jobs } from '../../subgraphs/shared/job-queue.ts';
import { testFileKeys } from './file-keys.ts';

export interface NewSubmission {
  readonly kind?: SubmissionKind;
  /** Of an integration or a withdrawal. */
  readonly practiceId?: string;
  readonly applicant?: CodiceFiscale;
  readonly filedAt: Date;
  readonly attachments?: readonly { readonly code: string; readonly bytes: Buffer }[];
  readonly answers?: Readonly<Record<string, string>>;
  readonly procedureCode?: string;
  readonly child?: FiledApplication['child'];
  readonly reason?: string;
  readonly title?: string;
  /** Whether the summary and the like are there already: rendering PDFs is slow, and tested elsewhere. */
  readonly hasSummary?: boolean;
}

export interface Filed {
  readonly id: string;
  readonly practiceId: string;
  readonly reference: string;
}

const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
export const sofia = {
  key: 'A000000004',
  codiceFiscale: parseCodiceFiscale('BNCSFO21B58L400K'),
  firstName: 'Sofia',
  lastName: 'Bianchi',
  birthDate: '2021-02-18',
} as NonNullable<FiledApplication['child']>;

/** Files a practice as INVIA does: practice, submission and its files, in one transaction. */
export async function fileSubmission(
  database: DataSource,
  given: NewSubmission,
  jobs: Jobs | null = null,
): Promise<Filed> {
  const { kind = 'FILING', filedAt, attachments = [], answers = {}, hasSummary = false } = given;
  const { procedureCode = 'ISCR' } = given;
  const templateId = `${procedureCode}-2026`;
  const { revision } = await database.getRepository(TemplateEntity).findOneByOrFail({ id: templateId });
  const practiceId = given.practiceId ?? randomUUID();
  const reference = [...randomBytes(12)].map((byte) => alphabet[byte % alphabet.length]).join('');
  const asFiled: FiledApplication = {
    kind,
    practiceId,
    reference,
    templateId,
    procedureCode,
    revision,
    title: given.title ?? 'Modello Iscrizione Mensa A.S. 2026/2027',
    schoolYear: '2026/2027',
    filedAt: toInstant(filedAt),
    applicant: {
      kind: 'CITIZEN',
      codiceFiscale: given.applicant ?? parseCodiceFiscale('RSSCLD84C52A794Q'),
      firstName: 'Claudia',
      lastName: 'Rossi',
      name: null,
      email: 'claudia.rossi@example.com',
      signInMethod: 'SPID',
      level: 2,
    },
    child: given.child === undefined ? sofia : given.child,
    answers: Object.entries(answers).map(([code, value]) => ({
      code,
      label: code,
      group: null,
      kind: value === 'true' || value === 'false' ? 'CHECKBOX' : 'TEXT',
      value,
      certified: false,
    })),
    attachments: attachments.map(({ code, bytes }) => ({
      code,
      label: code,
      fileName: `${code.toLowerCase()}.pdf`,
      mediaType: 'application/pdf',
      sizeBytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    })),
    reason: given.reason ?? null,
    previousEntry: null,
  };
  const text = JSON.stringify(asFiled);
  return database.transaction(async (manager) => {
    if (given.practiceId === undefined) {
      await manager.insert(PracticeEntity, {
        id: practiceId,
        templateId,
        revision,
        applicant: asFiled.applicant.codiceFiscale,
        childKey: asFiled.child?.key ?? null,
        title: asFiled.title,
        status: 'SUBMITTED',
        version: 2,
        answers: {},
        createdAt: filedAt,
        // Several of one model for one child: those were not filed at the same time.
        updatedAt: new Date(filedAt.getTime() + 1),
        submittedAt: filedAt,
      });
      await manager.insert(PracticeEventEntity, {
        practiceId,
        sequence: 1,
        at: filedAt,
        status: 'SUBMITTED',
        note: null,
      });
    } else await manager.update(PracticeEntity, { id: practiceId }, { status: 'SUBMITTED' });
    const files = [
      ...(hasSummary ? [{ code: 'riepilogo', bytes: Buffer.from('%PDF- riepilogo') }] : []),
      ...attachments,
    ];
    const ids: string[] = [];
    for (const { code, bytes } of files)
      ids.push(
        await storeFile(manager, testFileKeys, {
          fileName: `${code}.pdf`,
          mediaType: 'application/pdf',
          bytes,
        }),
      );
    const id = randomUUID();
    await manager.insert(SubmissionEntity, {
      id,
      practiceId,
      kind,
      reference,
      asFiled: text,
      sha256: createHash('sha256').update(text).digest('hex'),
      filedAt,
      summaryFileId: hasSummary ? (ids[0] ?? null) : null,
      failures: 0,
    });
    for (const [index, fileId] of ids.entries()) {
      const sequence = index + (hasSummary ? 1 : 2);
      const registerName = `${reference}-0${sequence}-${files[index]?.code.toLowerCase()}.pdf`;
      await manager.insert(SubmissionFileEntity, { submissionId: id, sequence, fileId, registerName });
    }
    await jobs?.add(manager, registerQueue, id);
    return { id, practiceId, reference };
  });
}
