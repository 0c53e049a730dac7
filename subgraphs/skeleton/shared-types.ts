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
