import { Field, ObjectType } from 'type-graphql';

@ObjectType({
  simpleResolvers: true,
  description: 'A postal address in Italy, as in the residents’ records.',
})
export class Address {
  @Field(() => String, { description: 'Kind and name of the street. Shape: `Via Roma`.' })
  street!: string;

  @Field(() => String, {
    nullable: true,
    description: 'House number with its letter, if any. Shape: `12/B`. Null if there is none.',
  })
  houseNumber!: string | null;

  @Field(() => String, { description: 'CAP. Shape: five digits.' })
  postalCode!: string;

  @Field(() => String, { description: 'The municipality.' })
  town!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Province, two letters: `BG`. Null if it is not recorded.',
  })
  province!: string | null;
}
