import { Field, ObjectType } from 'type-graphql';
import type { CodiceFiscale } from '../../core/values/index.ts';
import { CodiceFiscaleScalar } from '../shared/scalars.ts';
import { Office } from '../shared/shared-types.ts';

@ObjectType({ simpleResolvers: true, description: 'The body whose services these are.' })
export class Municipality {
  @Field(() => String, { description: 'Shape: `Comune di Calvenzano`.' })
  name!: string;

  @Field(() => String, { description: 'Two letters: `BG`.' })
  province!: string;

  @Field(() => CodiceFiscaleScalar, {
    description: 'Of the body: 11 digits. It is the creditor of its payment notices.',
  })
  codiceFiscale!: CodiceFiscale;

  @Field(() => [Office], { description: 'Whom to ask, in the order the municipality gives them.' })
  offices!: Office[];
}
