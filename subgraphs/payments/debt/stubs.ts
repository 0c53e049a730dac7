import { Directive, Field, ID, ObjectType } from 'type-graphql';

// Entities of other domains that payments adds fields to, or points to.

@Directive('@key(fields: "id")')
@ObjectType('Child', { simpleResolvers: true })
export class PayingChild {
  @Field(() => ID, { description: 'Opaque and permanent; contains no codice fiscale.' })
  id!: string;
}

@Directive('@key(fields: "id")')
@ObjectType('Citizen', { simpleResolvers: true })
export class PayingCitizen {
  @Field(() => ID, { description: 'Opaque and permanent; contains no codice fiscale.' })
  id!: string;
}

@Directive('@key(fields: "id")')
@ObjectType('Business', { simpleResolvers: true })
export class PayingBusiness {
  @Field(() => ID, { description: 'Opaque and permanent; contains no partita IVA.' })
  id!: string;
}

@Directive('@key(fields: "id")')
@ObjectType('Instalment', { simpleResolvers: true })
export class PayableInstalment {
  @Field(() => ID, { description: 'Opaque and permanent.' })
  id!: string;
}
