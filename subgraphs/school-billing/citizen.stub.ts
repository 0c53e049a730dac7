import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** The Citizen entity of anagrafe; this subgraph adds invoices and instalments. */
@Directive('@key(fields: "id")')
@ObjectType('Citizen', {
  simpleResolvers: true,
  description: 'The signed-in citizen. No caller sees another citizen.',
})
export class BillingCitizen {
  @Field(() => ID, { description: 'Opaque and permanent; contains no codice fiscale.' })
  id!: string;
}
