import { createSubgraph, type Subgraph } from '../skeleton/create-subgraph.ts';
import { ifVisibleChild } from '../skeleton/family.ts';
import type { JobDefinition } from '../skeleton/jobs/job.ts';
import { practicesAccess } from './access.ts';
import { BlankFormResolver, blankFormSource } from './blank-form.resolver.ts';
import { FilingResolver } from './filing/filing.resolver.ts';
import { StartKeyEntity } from './filing/start-key.entity.ts';
import {
  findProtocollo,
  PractisingBusinessResolver,
  PractisingChildResolver,
  PractisingCitizenResolver,
  ProtocolloResolver,
} from './lists.resolver.ts';
import { CreateFiling1763500000000 } from './migrations/create-filing-1763500000000.ts';
import { CreatePractices1760000000000 } from './migrations/create-practices-1760000000000.ts';
import { CreateRegistration1765000000000 } from './migrations/create-registration-1765000000000.ts';
import { CreateSubmissions1763000000000 } from './migrations/create-submissions-1763000000000.ts';
import { PracticeEntity, PracticeEventEntity } from './practice.entity.ts';
import { findPractice } from './practice.loader.ts';
import { PracticeResolver, practiceDocument } from './practice.resolver.ts';
import { followPractices } from './registration/follow-practices.job.ts';
import { registerSubmission } from './registration/register-submission.job.ts';
import {
  FollowEntity,
  IntegrationRequestEntity,
  RegisterDoubleEntity,
  SenderAttemptEntity,
} from './registration/registration.entity.ts';
import { SubmissionEntity, SubmissionFileEntity } from './registration/submission.entity.ts';
import { RegistrationResolver } from './registration.resolver.ts';
import { StoredFileChunkEntity, StoredFileEntity } from './stored-file.entity.ts';
import { PractisingBusiness, PractisingChild, PractisingCitizen } from './stubs.ts';
import { SummaryResolver, summaryDocument } from './summary.resolver.ts';
import { FormEntity, TemplateEntity } from './template.entity.ts';
import { findTemplate, informationSheet, MenuResolver, TemplateResolver } from './template.resolver.ts';
import { attachmentDocument } from './uploads/attachment.document.ts';
import { AttachmentEntity } from './uploads/attachment.entity.ts';
import { cleanUpload } from './uploads/clean-upload.job.ts';
import { receiveUpload } from './uploads/receive-upload.ts';

export const practicesEntities = [
  StartKeyEntity,
  AttachmentEntity,
  TemplateEntity,
  FormEntity,
  PracticeEntity,
  PracticeEventEntity,
  StoredFileEntity,
  StoredFileChunkEntity,
  SubmissionEntity,
  SubmissionFileEntity,
  SenderAttemptEntity,
  RegisterDoubleEntity,
  FollowEntity,
  IntegrationRequestEntity,
];
export const practicesMigrations = [
  CreatePractices1760000000000,
  CreateSubmissions1763000000000,
  CreateFiling1763500000000,
  CreateRegistration1765000000000,
];

/** What workers do for practices. */
export const practicesJobs: readonly JobDefinition[] = [cleanUpload, registerSubmission, followPractices];

/** The portal's menus, what can be applied for, and what was: here, elsewhere and in the register. */
export function createPracticesSubgraph(): Promise<Subgraph> {
  return createSubgraph({
    name: 'practices',
    resolvers: [
      MenuResolver,
      TemplateResolver,
      BlankFormResolver,
      PracticeResolver,
      RegistrationResolver,
      SummaryResolver,
      FilingResolver,
      ProtocolloResolver,
      PractisingCitizenResolver,
      PractisingBusinessResolver,
      PractisingChildResolver,
    ],
    orphanedTypes: [PractisingChild, PractisingCitizen, PractisingBusiness],
    access: practicesAccess,
    references: {
      Child: ({ id }, scope) => ifVisibleChild(scope, id),
      Citizen: ({ id }, { caller }) => (caller.kind === 'citizen' && caller.id === id ? { id } : null),
      Business: ({ id }, { caller }) => (caller.kind === 'business' && caller.id === id ? { id } : null),
      PracticeTemplate: ({ id }, scope) => findTemplate(scope, id),
      Practice: ({ id }, scope) => findPractice(scope, id),
      Protocollo: ({ id }, scope) => findProtocollo(scope, id),
    },
    documents: {
      InformationSheet: informationSheet,
      BlankForm: blankFormSource,
      PracticeDocument: practiceDocument,
      PracticeAttachment: attachmentDocument,
      PracticeSummary: summaryDocument,
    },
    uploads: { PracticeAttachment: receiveUpload },
  });
}
