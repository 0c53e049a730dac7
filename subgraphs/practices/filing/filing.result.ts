import { createUnionType, Field, ID, ObjectType } from 'type-graphql';
import type { CalendarDate, Instant } from '../../../core/values/index.ts';
import { IdempotencyKeyReused, NotAllowed, Problem } from '../../shared/problem.ts';
import { DateScalar, DateTimeScalar, UrlScalar } from '../../shared/scalars.ts';
import { FieldProblem } from '../../shared/shared-types.ts';
import { Practice } from '../practice/practice.type.ts';
import { type PracticeStatus, PracticeStatusEnum } from '../records/practice-status.type.ts';

@ObjectType({
  simpleResolvers: true,
  description: 'The draft exists: a new one, or the one that was open.',
})
export class PracticeStarted {
  @Field(() => Practice, { description: 'The draft.' })
  practice!: Practice;
}

@ObjectType({ simpleResolvers: true, description: 'The draft is saved, complete or not.' })
export class PracticeSaved {
  @Field(() => Practice, { description: 'The draft.' })
  practice!: Practice;
}

@ObjectType({
  simpleResolvers: true,
  description: 'The practice is filed and cannot be lost; its protocol number follows by itself.',
})
export class PracticeSubmitted {
  @Field(() => Practice, { description: 'The filed practice.' })
  practice!: Practice;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'The requested changes were sent; the status returns to REGISTERED once the protocol register has them.',
})
export class PracticeIntegrated {
  @Field(() => Practice, { description: 'The practice.' })
  practice!: Practice;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'The practice is withdrawn, and the office is notified. A draft is deleted; the draft returned is its last state.',
})
export class PracticeWithdrawn {
  @Field(() => Practice, { description: 'The practice.' })
  practice!: Practice;
}

@ObjectType({
  implements: Problem,
  simpleResolvers: true,
  description:
    'Some input can never be valid, so nothing was saved. Code: ANSWERS_INVALID. Problem codes of answers: UNKNOWN_FIELD, NOTE_TAKES_NO_ANSWER, GIVEN_TWICE, CERTIFIED, TOO_LONG, NOT_TEXT, NOT_A_CHECKBOX, NOT_A_DATE, NOT_AN_OPTION, IBAN_INVALID, IBAN_NOT_SEPA, CODICE_FISCALE_INVALID, EMAIL_INVALID, PHONE_INVALID, POSTAL_CODE_INVALID, YEAR_INVALID. Of files: UPLOAD_UNKNOWN, UPLOAD_NOT_RECEIVED, ATTACHMENT_UNKNOWN, ATTACHMENT_FILED, TOO_MANY. Of the start of a practice: REQUIRED, NOT_EXPECTED, CODICE_FISCALE_INVALID, NAME_REQUIRED, NAME_INVALID, TOO_LONG, LINE_BREAK, BIRTH_DATE_INVALID, BIRTH_DATE_DIFFERS, KEY_INVALID, TOO_MANY_DRAFTS.',
})
export class AnswersInvalid extends Problem {
  @Field(() => [FieldProblem], { description: 'All problems.' })
  problems!: readonly FieldProblem[];
}

@ObjectType({
  implements: Problem,
  simpleResolvers: true,
  description:
    'Required input is missing. Code: PRACTICE_INCOMPLETE. Problem codes: REQUIRED, CHOOSE_MORE, CHOOSE_FEWER, NOTHING_ADDED.',
})
export class PracticeIncomplete extends Problem {
  @Field(() => [FieldProblem], { description: 'All problems, in the order of the form.' })
  problems!: readonly FieldProblem[];
}

@ObjectType({
  implements: Problem,
  simpleResolvers: true,
  description:
    'The practice was changed in the meantime, on another device or in another tab. Code: VERSION_CONFLICT.',
})
export class VersionConflict extends Problem {
  @Field(() => Practice, { description: 'The current practice, with the version to continue from.' })
  current!: Practice;
}

@ObjectType({
  implements: Problem,
  simpleResolvers: true,
  description: 'Applications are not accepted today. Codes: TEMPLATE_NOT_YET_OPEN, TEMPLATE_CLOSED.',
})
export class TemplateClosed extends Problem {
  @Field(() => DateScalar, { nullable: true, description: 'First day. Null if there is no first day.' })
  opensOn!: CalendarDate | null;

  @Field(() => DateScalar, { nullable: true, description: 'Last day. Null if there is no last day.' })
  closesOn!: CalendarDate | null;
}

@ObjectType({
  implements: Problem,
  simpleResolvers: true,
  description:
    'The same template is already filed for the same child, and was neither rejected nor withdrawn. Code: ALREADY_FILED.',
})
export class AlreadyFiled extends Problem {
  @Field(() => Practice, { description: 'The filed practice.' })
  practice!: Practice;
}

@ObjectType({
  implements: Problem,
  simpleResolvers: true,
  description: "The practice's status does not allow the change. Code: NOT_EDITABLE.",
})
export class NotEditable extends Problem {
  @Field(() => PracticeStatusEnum, { description: "The practice's status." })
  status!: PracticeStatus;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'An address to PUT the bytes to, without extra headers. It works once: an interrupted upload may be started again.',
})
export class UploadTicket {
  @Field(() => ID, { description: "The upload's id, for `uploadIds` once the bytes were received." })
  uploadId!: string;

  @Field(() => UrlScalar, { description: 'Absolute URL; it answers 201 when the bytes were received.' })
  uploadUrl!: string;

  @Field(() => DateTimeScalar, {
    description: 'The upload must start before this time. After it, create a new one.',
  })
  expiresAt!: Instant;
}

@ObjectType({
  implements: Problem,
  simpleResolvers: true,
  description:
    'The file is not accepted. Codes: NOT_EDITABLE, UNKNOWN_ATTACHMENT, MEDIA_TYPE_NOT_ACCEPTED, TOO_LARGE, EMPTY, SHA256_INVALID, FILE_NAME_INVALID, TOO_MANY, QUOTA_EXCEEDED.',
})
export class UploadRefused extends Problem {}

export const StartPracticeResult = createUnionType({
  name: 'StartPracticeResult',
  description: 'Result of AVVIA PRATICA.',
  types: () =>
    [
      PracticeStarted,
      TemplateClosed,
      AlreadyFiled,
      AnswersInvalid,
      IdempotencyKeyReused,
      NotAllowed,
    ] as const,
});
export const SavePracticeResult = createUnionType({
  name: 'SavePracticeResult',
  description: 'Result of SOSPENDI.',
  types: () => [PracticeSaved, AnswersInvalid, VersionConflict, NotEditable, NotAllowed] as const,
});
export const SubmitPracticeResult = createUnionType({
  name: 'SubmitPracticeResult',
  description: 'Result of INVIA.',
  types: () =>
    [
      PracticeSubmitted,
      PracticeIncomplete,
      VersionConflict,
      TemplateClosed,
      NotEditable,
      NotAllowed,
    ] as const,
});
export const IntegratePracticeResult = createUnionType({
  name: 'IntegratePracticeResult',
  description: 'Result of an integration.',
  types: () =>
    [
      PracticeIntegrated,
      PracticeIncomplete,
      AnswersInvalid,
      VersionConflict,
      NotEditable,
      NotAllowed,
    ] as const,
});
export const WithdrawPracticeResult = createUnionType({
  name: 'WithdrawPracticeResult',
  description: 'Result of a withdrawal.',
  types: () => [PracticeWithdrawn, VersionConflict, NotEditable, NotAllowed] as const,
});
export const CreateUploadResult = createUnionType({
  name: 'CreateUploadResult',
  description: 'An upload address, or the reason for a refusal.',
  types: () => [UploadTicket, UploadRefused, NotAllowed] as const,
});
