import { Directive, Field, ID, ObjectType } from 'type-graphql';
import type { PartitaIva } from '../../core/values/index.ts';
import { PartitaIvaScalar } from '../shared/scalars.ts';

@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true, description: 'The business signed in with its VAT account.' })
export class Business {
  @Field(() => ID, { description: 'Opaque and permanent; contains no partita IVA.' })
  id!: string;

  @Field(() => PartitaIvaScalar, { description: 'VAT number of the business.' })
  partitaIva!: PartitaIva;

  @Field(() => String, { description: 'Name of the business, from the account.' })
  name!: string;
}
