import { Directive, Field, ID, ObjectType } from 'type-graphql';
import type { PartitaIva } from '../../core/values/index.ts';
import { PartitaIvaScalar } from '../shared/scalars.ts';

@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true, description: 'The business that is signed in with its VAT account.' })
export class Business {
  @Field(() => ID, { description: 'Opaque, the same for ever; holds no partita IVA.' })
  id!: string;

  @Field(() => PartitaIvaScalar, { description: 'Its VAT number.' })
  partitaIva!: PartitaIva;

  @Field(() => String, { description: 'Its name, as the account says.' })
  name!: string;
}
