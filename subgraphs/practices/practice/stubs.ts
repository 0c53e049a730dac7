import { Directive, Field, ID, ObjectType } from 'type-graphql';

// Entities of other domains that practices adds fields to.

@Directive('@key(fields: "id")')
@ObjectType('Child', { simpleResolvers: true })
export class PractisingChild {
  @Field(() => ID, { description: 'Opaque and permanent; contains no codice fiscale.' })
  id!: string;
}

@Directive('@key(fields: "id")')
@ObjectType('Citizen', { simpleResolvers: true })
export class PractisingCitizen {
  @Field(() => ID, { description: 'Opaque and permanent; contains no codice fiscale.' })
  id!: string;
}

@Directive('@key(fields: "id")')
@ObjectType('Business', { simpleResolvers: true })
export class PractisingBusiness {
  @Field(() => ID, { description: 'Opaque and permanent; contains no partita IVA.' })
  id!: string;
}
