import { Field, ObjectType } from 'type-graphql';
import type { CodiceFiscale } from '../../core/values/index.ts';
import { CodiceFiscaleScalar } from '../shared/scalars.ts';
import { Office } from '../shared/shared-types.ts';

@ObjectType({ simpleResolvers: true, description: 'The municipality that offers these services.' })
export class Municipality {
  @Field(() => String, { description: 'Shape: `Comune di Calvenzano`.' })
  name!: string;

  @Field(() => String, { description: 'Two letters: `BG`.' })
  province!: string;

  @Field(() => CodiceFiscaleScalar, {
    description:
      'The municipality’s codice fiscale: 11 digits. The municipality is the creditor of its payment notices.',
  })
  codiceFiscale!: CodiceFiscale;

  @Field(() => [Office], { description: 'Offices to contact, in the municipality’s order.' })
  offices!: Office[];
}
