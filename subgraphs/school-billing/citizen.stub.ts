import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** anagrafe's Citizen, to which this domain adds invoices and instalments. */
@Directive('@key(fields: "id")')
@ObjectType('Citizen', {
  simpleResolvers: true,
  description: 'The citizen who is signed in. Nobody ever sees another.',
})
export class BillingCitizen {
  @Field(() => ID, { description: 'Opaque, the same for ever; holds no codice fiscale.' })
  id!: string;
}
