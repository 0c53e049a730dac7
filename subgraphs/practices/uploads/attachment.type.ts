import { Field, ID, ObjectType } from 'type-graphql';
import { Document } from '../../shared/documents/document.type.ts';

@ObjectType({ simpleResolvers: true, description: 'A file that the applicant added.' })
export class PracticeAttachment {
  @Field(() => ID, { description: 'Opaque and permanent.' })
  id!: string;

  @Field(() => ID, { description: 'Code of the required attachment that it answers.' })
  attachmentCode!: string;

  @Field(() => Document, { nullable: true, description: 'The file.' })
  document!: Document | null;
}
