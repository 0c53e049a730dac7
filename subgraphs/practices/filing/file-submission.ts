import { randomInt, randomUUID } from 'node:crypto';
import { type CalendarDate, codiceFiscaleAsHeld, toInstant } from '../../../core/values/index.ts';
import { visibleChildren } from '../../shared/family.ts';
import { canonicalJson, sha256Of } from '../../shared/fingerprint.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import type { StoredAnswers } from '../practice/answers.rules.ts';
import { isAsked } from '../practice/completeness.rules.ts';
import { AttachmentEntity } from '../records/attachment.entity.ts';
import type { FiledApplication } from '../records/filed-application.ts';
import type { Filer } from '../records/filing-rights.ts';
import type { PracticeEntity } from '../records/practice.entity.ts';
import { SubmissionEntity, SubmissionFileEntity, type SubmissionKind } from '../records/submission.entity.ts';
import type { FormEntity, StoredRequiredAttachment, TemplateEntity } from '../records/template.entity.ts';
import { registerQueue } from '../registration/queues.ts';
import type { ReceivedAttachment } from '../uploads/attachment.loader.ts';
import type { ChangeInProgress } from './change-practice.ts';

export interface SubmissionContent {
  readonly kind: SubmissionKind;
  readonly template: TemplateEntity;
  readonly form: FormEntity;
  readonly answers: StoredAnswers;
  readonly attachments: readonly ReceivedAttachment[];
  /** Attachments that the office asked for, in addition to the form's. */
  readonly asked?: readonly StoredRequiredAttachment[];
  readonly reason: string | null;
}

/** Stores the submission, its files and its registration job in the transaction of the change. */
export async function fileSubmission(change: ChangeInProgress, what: SubmissionContent): Promise<void> {
  const { manager, context, practice, now } = change;
  const filed = await toAsFiled(change, what);
  const asFiled = canonicalJson(filed);
  const id = randomUUID();
  const { kind, reference } = filed;
  const sha256 = sha256Of(asFiled);
  await manager.insert(SubmissionEntity, {
    id,
    practiceId: practice.id,
    kind,
    reference,
    asFiled,
    sha256,
    filedAt: now,
  });
  if (what.attachments.length > 0) {
    const files = what.attachments.map(({ file }, index) => {
      // Sequence 1 is the summary as a PDF, which the registration job makes.
      const sequence = index + 2;
      return {
        submissionId: id,
        sequence,
        fileId: file.id,
        registerName: registerName(reference, sequence, file.fileName),
      };
    });
    await manager.insert(SubmissionFileEntity, files);
    const ids = what.attachments.map((attachment) => attachment.id);
    await manager.update(AttachmentEntity, ids, { submissionId: id });
  }
  await context.jobs.add(manager, registerQueue, id);
}

async function toAsFiled(
  { manager, context, filer, practice, now }: ChangeInProgress,
  { kind, template, form, answers, attachments, asked = [], reason }: SubmissionContent,
): Promise<FiledApplication> {
  const first =
    kind === 'FILING'
      ? null
      : await manager.findOneBy(SubmissionEntity, { practiceId: practice.id, kind: 'FILING' });
  const labels = new Map([...form.requiredAttachments, ...asked].map(({ code, label }) => [code, label]));
  return {
    kind,
    practiceId: practice.id,
    reference: createReference(),
    templateId: template.id,
    procedureCode: template.procedureCode,
    revision: practice.revision,
    title: practice.title,
    schoolYear: template.schoolYear,
    filedAt: toInstant(now),
    applicant: applicantOf(filer, form, practice.answers),
    child: await childAsFiled(context, practice),
    answers: answersAsFiled(form, practice.answers, answers),
    attachments: attachments.map(({ code, file: { fileName, mediaType, sizeBytes, sha256 } }) => ({
      code,
      label: labels.get(code) ?? code,
      fileName,
      mediaType,
      sizeBytes,
      sha256,
    })),
    reason,
    previousEntry:
      first?.entryNumber == null || first.entryYear == null
        ? null
        : { number: first.entryNumber, year: first.entryYear },
  };
}

/** In the form's order. A field that does not apply is not filed. */
function answersAsFiled(
  { fields }: FormEntity,
  all: StoredAnswers,
  filed: StoredAnswers,
): FiledApplication['answers'] {
  return fields.flatMap((field) => {
    const answer = filed[field.code];
    const { code, label, group, kind } = field;
    if (kind === 'NOTE' || answer === undefined || !isAsked(field, fields, { ...all, ...filed })) return [];
    return { code, label, group, kind, value: answer.value, certified: answer.certified };
  });
}

function applicantOf(
  filer: Filer,
  { fields }: FormEntity,
  answers: StoredAnswers,
): FiledApplication['applicant'] {
  const emailField = fields.find(({ prefill }) => prefill === 'APPLICANT_EMAIL');
  // An e-mail address in the application replaces that of the sign-in.
  const written = emailField === undefined ? undefined : answers[emailField.code]?.value;
  const { codiceFiscale, signInMethod } = filer;
  return filer.kind === 'citizen'
    ? {
        kind: 'CITIZEN',
        codiceFiscale,
        firstName: filer.firstName,
        lastName: filer.lastName,
        name: null,
        email: written ?? filer.email,
        signInMethod,
        level: filer.level,
      }
    : {
        kind: 'BUSINESS',
        codiceFiscale,
        firstName: null,
        lastName: null,
        name: filer.name,
        email: written ?? null,
        signInMethod,
        level: null,
      };
}

/** The child as stored when the practice was started: filing must not need the legacy system. */
async function childAsFiled(
  context: RequestContext,
  { child, childKey }: PracticeEntity,
): Promise<FiledApplication['child']> {
  const known = child ?? (childKey === null ? null : await residentChild(context, childKey));
  return known === null
    ? null
    : {
        key: known.key,
        codiceFiscale: codiceFiscaleAsHeld(known.codiceFiscale),
        firstName: known.firstName,
        lastName: known.lastName,
        birthDate: known.birthDate as CalendarDate | null,
      };
}

/** For practices started before the child was stored with them. */
async function residentChild(context: RequestContext, key: string) {
  return (await visibleChildren(context)).find((child) => child.key === key) ?? null;
}

// Crockford's digits: none is mistaken for another when read aloud. 60 bits.
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function createReference(): string {
  return Array.from({ length: 12 }, () => digits[randomInt(digits.length)]).join('');
}

/**
 * Shape: `7F3KQ2M9XA4T-02-certificato.pdf`. Letters, digits, `.`, `_` and `-` only, so that any protocol register
 * accepts it.
 */
function registerName(reference: string, sequence: number, fileName: string): string {
  const plain = fileName
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\w.-]+/g, '_');
  return `${reference}-${String(sequence).padStart(2, '0')}-${plain.slice(-60)}`;
}
