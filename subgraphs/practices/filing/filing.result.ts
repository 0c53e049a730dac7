import { createUnionType, Field, ID, ObjectType } from 'type-graphql';
import type { CalendarDate, Instant } from '../../../core/values/index.ts';
import { IdempotencyKeyReused, NotAllowed, Problem } from '../../shared/problem.ts';
import { DateScalar, DateTimeScalar, UrlScalar } from '../../shared/scalars.ts';
import { FieldProblem } from '../../shared/shared-types.ts';
import { Practice } from '../practice/practice.type.ts';
import { type PracticeStatus, PracticeStatusEnum } from '../practice/practice-status.type.ts';

@ObjectType({
  simpleResolvers: true,
  description: 'The draft is there: a new one, or the one that already was.',
})
export class PracticeStarted {
  @Field(() => Practice, { description: 'As it is now.' })
  practice!: Practice;
}

@ObjectType({ simpleResolvers: true, description: 'The draft is kept, complete or not.' })
export class PracticeSaved {
  @Field(() => Practice, { description: 'As it is now.' })
  practice!: Practice;
}

@ObjectType({
  simpleResolvers: true,
  description: 'It was filed, and is never lost: its protocol number follows without anybody waiting for it.',
})
export class PracticeSubmitted {
  @Field(() => Practice, { description: 'As it is now.' })
  practice!: Practice;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'What the office asked for was sent; the status returns to REGISTERED once the register has it.',
})
export class PracticeIntegrated {
  @Field(() => Practice, { description: 'As it is now.' })
  practice!: Practice;
}

@ObjectType({
  simpleResolvers: true,
  description: 'It was withdrawn, and the office is told. Of a draft: it is gone, as it was a moment ago.',
})
export class PracticeWithdrawn {
  @Field(() => Practice, { description: 'As it is now.' })
  practice!: Practice;
}

@ObjectType({
  implements: Problem,
  simpleResolvers: true,
  description:
    'What could never be valid, so that nothing of it was kept. Code: ANSWERS_INVALID. Codes of its problems: UNKNOWN_FIELD, NOTE_TAKES_NO_ANSWER, GIVEN_TWICE, CERTIFIED, TOO_LONG, NOT_TEXT, NOT_A_CHECKBOX, NOT_A_DATE, NOT_AN_OPTION, IBAN_INVALID, CODICE_FISCALE_INVALID, EMAIL_INVALID, PHONE_INVALID, POSTAL_CODE_INVALID, YEAR_INVALID of answers; UPLOAD_UNKNOWN, UPLOAD_NOT_RECEIVED, ATTACHMENT_UNKNOWN, ATTACHMENT_FILED, TOO_MANY of files; REQUIRED, NOT_EXPECTED, NAME_INVALID, BIRTH_DATE_INVALID, BIRTH_DATE_DIFFERS, KEY_INVALID, TOO_MANY_DRAFTS of what starts a practice.',
})
export class AnswersInvalid extends Problem {
  @Field(() => [FieldProblem], { description: 'All of them.' })
  problems!: readonly FieldProblem[];
}

@ObjectType({
  implements: Problem,
  simpleResolvers: true,
  description:
    'Something is missing that the office needs. Code: PRACTICE_INCOMPLETE. Codes of its problems: REQUIRED, CHOOSE_MORE, CHOOSE_FEWER, NOTHING_ADDED.',
})
export class PracticeIncomplete extends Problem {
  @Field(() => [FieldProblem], { description: 'All of them, in the order of the form.' })
  problems!: readonly FieldProblem[];
}

@ObjectType({
  implements: Problem,
  simpleResolvers: true,
  description: 'It was changed meanwhile, on another device or in another tab. Code: VERSION_CONFLICT.',
})
export class VersionConflict extends Problem {
  @Field(() => Practice, { description: 'As it is now, with the version to go on from.' })
  current!: Practice;
}

@ObjectType({
  implements: Problem,
  simpleResolvers: true,
  description: 'Applications are not accepted today. Codes: TEMPLATE_NOT_YET_OPEN, TEMPLATE_CLOSED.',
})
export class TemplateClosed extends Problem {
  @Field(() => DateScalar, { nullable: true, description: 'First day. Null without a beginning.' })
  opensOn!: CalendarDate | null;

  @Field(() => DateScalar, { nullable: true, description: 'Last day. Null without an end.' })
  closesOn!: CalendarDate | null;
}

@ObjectType({
  implements: Problem,
  simpleResolvers: true,
  description: 'The same template for the same child is already filed and alive. Code: ALREADY_FILED.',
})
export class AlreadyFiled extends Problem {
  @Field(() => Practice, { description: 'The one that is filed.' })
  practice!: Practice;
}

@ObjectType({
  implements: Problem,
  simpleResolvers: true,
  description: 'What is asked for is not possible at this stage. Code: NOT_EDITABLE.',
})
export class NotEditable extends Problem {
  @Field(() => PracticeStatusEnum, { description: 'How far it is.' })
  status!: PracticeStatus;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'Where to PUT the bytes, without a header. It works once: an upload that broke off may be begun again.',
})
export class UploadTicket {
  @Field(() => ID, { description: 'To be given as one of `uploadIds` once the bytes were received.' })
  uploadId!: string;

  @Field(() => UrlScalar, { description: 'Absolute; answers 201 when the bytes were received.' })
  uploadUrl!: string;

  @Field(() => DateTimeScalar, { description: 'Until when the upload may begin. Ask again for a new one.' })
  expiresAt!: Instant;
}

@ObjectType({
  implements: Problem,
  simpleResolvers: true,
  description:
    'Such a file is not accepted. Codes: NOT_EDITABLE, UNKNOWN_ATTACHMENT, MEDIA_TYPE_NOT_ACCEPTED, TOO_LARGE, EMPTY, SHA256_INVALID, FILE_NAME_INVALID, TOO_MANY, QUOTA_EXCEEDED.',
})
export class UploadRefused extends Problem {}

export const StartPracticeResult = createUnionType({
  name: 'StartPracticeResult',
  description: 'What became of AVVIA PRATICA.',
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
  description: 'What became of SOSPENDI.',
  types: () => [PracticeSaved, AnswersInvalid, VersionConflict, NotEditable, NotAllowed] as const,
});
export const SubmitPracticeResult = createUnionType({
  name: 'SubmitPracticeResult',
  description: 'What became of INVIA.',
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
  description: 'What became of an integration.',
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
  description: 'What became of a withdrawal.',
  types: () => [PracticeWithdrawn, VersionConflict, NotEditable, NotAllowed] as const,
});
export const CreateUploadResult = createUnionType({
  name: 'CreateUploadResult',
  description: 'Where to send a file, or why not.',
  types: () => [UploadTicket, UploadRefused, NotAllowed] as const,
});
