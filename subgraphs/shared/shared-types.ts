import { Directive, Field, ObjectType } from 'type-graphql';
import { EmailAddressScalar } from './scalars.ts';

@Directive('@shareable')
@ObjectType({ simpleResolvers: true, description: 'An office of the municipality that answers questions.' })
export class Office {
  @Field(() => String, { description: 'Its name. Shape: `Servizio Istruzione`.' })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Telephone as the municipality writes it. Null when none is published.',
  })
  phone!: string | null;

  @Field(() => EmailAddressScalar, { nullable: true, description: 'E-mail. Null when none is published.' })
  email!: string | null;
}

@Directive('@shareable')
@ObjectType({ simpleResolvers: true, description: 'The problem of one field.' })
export class FieldProblem {
  @Field(() => String, {
    description: '`answers.<code>`, `attachments.<code>`, or the name of the input field.',
  })
  path!: string;

  @Field(() => String, { description: 'Permanent. REQUIRED: an answer is missing.' })
  code!: string;

  @Field(() => String, { description: 'For the person who fills in; follows Accept-Language.' })
  message!: string;
}
