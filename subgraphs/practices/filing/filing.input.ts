import { Field, ID, InputType, Int } from 'type-graphql';
import type { CalendarDate } from '../../../core/values/index.ts';
import { DateScalar } from '../../shared/scalars.ts';

@InputType({ description: 'A child that the registers do not know yet.' })
export class NewChildInput {
  @Field(() => String, {
    description: 'Of a person, 16 characters; the check letter and the birth date in it are verified.',
  })
  codiceFiscale!: string;

  @Field(() => String, { description: 'At most 100 characters.' })
  firstName!: string;

  @Field(() => String, { description: 'At most 100 characters.' })
  lastName!: string;

  @Field(() => DateScalar, { description: 'Of a minor.' })
  birthDate!: CalendarDate;
}

@InputType({
  description: 'What to start. A template that concerns a child wants one of `childId` and `newChild`.',
})
export class StartPracticeInput {
  @Field(() => ID, { description: "A template's id, as procedures give it." })
  templateId!: string;

  @Field(() => ID, { nullable: true, description: 'One of `me.children`.' })
  childId?: string | null;

  @Field(() => NewChildInput, {
    nullable: true,
    description: 'A child the registers do not know yet; enters `children` once the application is accepted.',
  })
  newChild?: NewChildInput | null;

  @Field(() => String, {
    nullable: true,
    description: 'Of your making, at most 255 characters: a repeated call with it answers the same draft.',
  })
  idempotencyKey?: string | null;
}

@InputType({ description: 'An answer. Codes left out stay as they are.' })
export class AnswerInput {
  @Field(() => ID, { description: "The field's code." })
  code!: string;

  @Field(() => String, {
    nullable: true,
    description: 'TEXT: the text. DATE: YYYY-MM-DD. CHECKBOX: `true` or `false`. Null clears the answer.',
  })
  value?: string | null;
}

@InputType({ description: 'What to keep.' })
export class SavePracticeInput {
  @Field(() => ID, { description: 'The practice.' })
  practiceId!: string;

  @Field(() => Int, { description: 'The `version` you read.' })
  version!: number;

  @Field(() => [AnswerInput], { description: 'Those that changed; codes left out stay as they are.' })
  answers!: AnswerInput[];

  @Field(() => [ID], {
    nullable: true,
    description: 'Uploads of this practice whose bytes were received, to attach.',
  })
  uploadIds?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Attachments to remove for good.' })
  removeAttachmentIds?: string[] | null;
}

@InputType({ description: 'What to file.' })
export class SubmitPracticeInput {
  @Field(() => ID, { description: 'The practice.' })
  practiceId!: string;

  @Field(() => Int, { description: 'The `version` you read: nothing is filed that you did not see.' })
  version!: number;
}

@InputType({ description: 'What to withdraw.' })
export class WithdrawPracticeInput {
  @Field(() => ID, { description: 'The practice.' })
  practiceId!: string;

  @Field(() => Int, { description: 'The `version` you read.' })
  version!: number;

  @Field(() => String, {
    nullable: true,
    description:
      'Why, for the office; at most 1,000 characters, what is longer is cut. Not kept with a draft.',
  })
  reason?: string | null;
}

@InputType({ description: 'A file that is about to be sent.' })
export class CreateUploadInput {
  @Field(() => ID, { description: 'The practice.' })
  practiceId!: string;

  @Field(() => ID, { description: 'Which of `requiredAttachments`, or of what the office asks for, it is.' })
  attachmentCode!: string;

  @Field(() => String, {
    description: 'The name to keep it under, at most 200 characters. Shape: `certificato.pdf`.',
  })
  fileName!: string;

  @Field(() => String, {
    description:
      'As the browser says it. Shape: `application/pdf`, `image/jpg`, or empty when it says nothing. The bytes decide: one kind of picture may come as another, if the form accepts it.',
  })
  mediaType!: string;

  @Field(() => Int, { description: 'Unit: bytes. Exactly so many must arrive.' })
  sizeBytes!: number;

  @Field(() => String, {
    nullable: true,
    description: 'SHA-256 of the bytes, 64 hexadecimal digits. When given, it is verified.',
  })
  sha256?: string | null;
}
