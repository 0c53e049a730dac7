import { Field, ID, InputType, Int } from 'type-graphql';
import type { CalendarDate } from '../../../core/values/index.ts';
import { describeKey } from '../../shared/idempotency-key.ts';
import { DateScalar } from '../../shared/scalars.ts';

@InputType({ description: 'A child that the municipality does not know yet.' })
export class NewChildInput {
  @Field(() => String, {
    description:
      'Codice fiscale of a person: 16 characters, whose check letter and birth date are verified, or the 11 digits of a provisional code.',
  })
  codiceFiscale!: string;

  @Field(() => String, {
    description: 'At most 100 characters. Blank for a person whose single name is in `lastName`.',
  })
  firstName!: string;

  @Field(() => String, {
    description: 'At most 100 characters. Blank for a person whose single name is in `firstName`.',
  })
  lastName!: string;

  @Field(() => DateScalar, { description: 'Birth date of a minor.' })
  birthDate!: CalendarDate;
}

@InputType({
  description:
    'The practice to start. A template that concerns a child needs either `childId` or `newChild`.',
})
export class StartPracticeInput {
  @Field(() => ID, { description: 'Id of a template, from the list of procedures.' })
  templateId!: string;

  @Field(() => ID, { nullable: true, description: 'Id of one of `me.children`.' })
  childId?: string | null;

  @Field(() => NewChildInput, {
    nullable: true,
    description:
      'A child that the municipality does not know yet; it appears in `children` once the application is accepted.',
  })
  newChild?: NewChildInput | null;

  @Field(() => String, {
    nullable: true,
    description: describeKey('practice', 'a repeated call returns the same draft'),
  })
  idempotencyKey?: string | null;
}

@InputType({ description: 'An answer. Fields that are not sent keep their answers.' })
export class AnswerInput {
  @Field(() => ID, { description: "The field's code." })
  code!: string;

  @Field(() => String, {
    nullable: true,
    description: 'TEXT: the text. DATE: YYYY-MM-DD. CHECKBOX: `true` or `false`. Null clears the answer.',
  })
  value?: string | null;
}

@InputType({ description: 'The changes to save.' })
export class SavePracticeInput {
  @Field(() => ID, { description: 'The practice.' })
  practiceId!: string;

  @Field(() => Int, { description: 'The `version` that you read.' })
  version!: number;

  @Field(() => [AnswerInput], { description: 'The changed answers; fields that are not sent keep theirs.' })
  answers!: AnswerInput[];

  @Field(() => [ID], {
    nullable: true,
    description: 'Received uploads of this practice to attach.',
  })
  uploadIds?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Attachments to delete permanently.' })
  removeAttachmentIds?: string[] | null;
}

@InputType({ description: 'The practice to file.' })
export class SubmitPracticeInput {
  @Field(() => ID, { description: 'The practice.' })
  practiceId!: string;

  @Field(() => Int, {
    description: 'The `version` that you read: only a version that you have seen is filed.',
  })
  version!: number;
}

@InputType({ description: 'The practice to withdraw.' })
export class WithdrawPracticeInput {
  @Field(() => ID, { description: 'The practice.' })
  practiceId!: string;

  @Field(() => Int, { description: 'The `version` that you read.' })
  version!: number;

  @Field(() => String, {
    nullable: true,
    description:
      'The reason, for the office; at most 1,000 characters, longer text is cut. Not stored for a draft.',
  })
  reason?: string | null;
}

@InputType({ description: 'A file to upload.' })
export class CreateUploadInput {
  @Field(() => ID, { description: 'The practice.' })
  practiceId!: string;

  @Field(() => ID, {
    description: "Code of a required attachment, from the form or from the office's request.",
  })
  attachmentCode!: string;

  @Field(() => String, {
    description: "The file's name, at most 200 characters. Shape: `certificato.pdf`.",
  })
  fileName!: string;

  @Field(() => String, {
    description:
      'The media type that the browser reports. Shape: `application/pdf`, `image/jpg`, or empty if unknown. The bytes decide: a picture may be of another kind than reported, if the form accepts it.',
  })
  mediaType!: string;

  @Field(() => Int, { description: 'Unit: bytes. Exactly this many must arrive.' })
  sizeBytes!: number;

  @Field(() => String, {
    nullable: true,
    description: 'SHA-256 of the bytes, 64 hexadecimal digits. Verified if given.',
  })
  sha256?: string | null;
}
