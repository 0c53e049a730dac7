import { isIdOf } from '../../core/identity/person-id.ts';
import { ifVisibleChild } from '../shared/family.ts';
import type { JobDefinition } from '../shared/jobs/job.ts';
import {
  createSubgraph,
  type Subgraph,
  type SubgraphDefinition,
} from '../shared/subgraph/create-subgraph.ts';
import { practicesAccess } from './access.ts';
import { BlankFormResolver, blankFormSource } from './documents/blank-form.resolver.ts';
import { SummaryResolver, summaryDocument } from './documents/summary.resolver.ts';
import { FilingResolver } from './filing/filing.resolver.ts';
import { AddAcceptedTypes1769000002000 } from './migrations/add-accepted-types-1769000002000.ts';
import { AddTerms1769000000000 } from './migrations/add-terms-1769000000000.ts';
import { AnnouncePractices1796000002000 } from './migrations/announce-practices-1796000002000.ts';
import { CreateFiling1763500000000 } from './migrations/create-filing-1763500000000.ts';
import { CreatePractices1760000000000 } from './migrations/create-practices-1760000000000.ts';
import { CreateRatings1769000001000 } from './migrations/create-ratings-1769000001000.ts';
import { CreateRegistration1765000000000 } from './migrations/create-registration-1765000000000.ts';
import { CreateSubmissions1763000000000 } from './migrations/create-submissions-1763000000000.ts';
import { EntryKeysAsText1796150000000 } from './migrations/entry-keys-as-text-1796150000000.ts';
import { SealFiles1796200000000 } from './migrations/seal-files-1796200000000.ts';
import {
  findProtocollo,
  PractisingBusinessResolver,
  PractisingChildResolver,
  PractisingCitizenResolver,
  ProtocolloResolver,
} from './practice/lists.resolver.ts';
import { findPractice } from './practice/practice.loader.ts';
import { AnswerResolver, PracticeResolver, practiceDocument } from './practice/practice.resolver.ts';
import { RegistrationResolver } from './practice/registration.resolver.ts';
import { PractisingBusiness, PractisingChild, PractisingCitizen } from './practice/stubs.ts';
import { RatingEntity } from './ratings/rating.entity.ts';
import { RatingResolver } from './ratings/rating.resolver.ts';
import { AttachmentEntity } from './records/attachment.entity.ts';
import { PracticeEntity, PracticeEventEntity } from './records/practice.entity.ts';
import {
  FollowEntity,
  IntegrationRequestEntity,
  RegisterDoubleEntity,
  SenderAttemptEntity,
} from './records/registration.entity.ts';
import { StartKeyEntity } from './records/start-key.entity.ts';
import { SubmissionEntity, SubmissionFileEntity } from './records/submission.entity.ts';
import { FormEntity, TemplateEntity } from './records/template.entity.ts';
import { followPractices } from './registration/follow-practices.job.ts';
import { registerSubmission } from './registration/register-submission.job.ts';
import { StoredFileChunkEntity, StoredFileEntity } from './stored-files/stored-file.entity.ts';
import {
  findTemplate,
  informationSheet,
  MenuResolver,
  TemplateResolver,
} from './template/template.resolver.ts';
import { attachmentDocument } from './uploads/attachment.document.ts';
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
  RatingEntity,
];
export const practicesMigrations = [
  CreatePractices1760000000000,
  CreateSubmissions1763000000000,
  CreateFiling1763500000000,
  CreateRegistration1765000000000,
  AddTerms1769000000000,
  CreateRatings1769000001000,
  AddAcceptedTypes1769000002000,
  AnnouncePractices1796000002000,
  EntryKeysAsText1796150000000,
  SealFiles1796200000000,
];

/** The workers' jobs of practices. */
export const practicesJobs: readonly JobDefinition[] = [cleanUpload, registerSubmission, followPractices];

/** Menus, templates and practices: filed here, filed elsewhere, and their entries in the protocol register. */
export const practicesDefinition: SubgraphDefinition = {
  name: 'practices',
  resolvers: [
    MenuResolver,
    TemplateResolver,
    BlankFormResolver,
    PracticeResolver,
    AnswerResolver,
    RegistrationResolver,
    SummaryResolver,
    FilingResolver,
    RatingResolver,
    ProtocolloResolver,
    PractisingCitizenResolver,
    PractisingBusinessResolver,
    PractisingChildResolver,
  ],
  orphanedTypes: [PractisingChild, PractisingCitizen, PractisingBusiness],
  access: practicesAccess,
  references: {
    Child: ({ id }, context) => ifVisibleChild(context, id),
    Citizen: ({ id }, { caller }) => (caller.kind === 'citizen' && isIdOf(caller, id) ? { id } : null),
    Business: ({ id }, { caller }) => (caller.kind === 'business' && isIdOf(caller, id) ? { id } : null),
    PracticeTemplate: ({ id }, context) => findTemplate(context, id),
    Practice: ({ id }, context) => findPractice(context, id),
    Protocollo: ({ id }, context) => findProtocollo(context, id),
  },
  documents: {
    InformationSheet: informationSheet,
    BlankForm: blankFormSource,
    PracticeDocument: practiceDocument,
    PracticeAttachment: attachmentDocument,
    PracticeSummary: summaryDocument,
  },
  uploads: { PracticeAttachment: receiveUpload },
};

export function createPracticesSubgraph(): Promise<Subgraph> {
  return createSubgraph(practicesDefinition);
}
