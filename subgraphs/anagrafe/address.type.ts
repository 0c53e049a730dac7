import { Field, ObjectType } from 'type-graphql';

@ObjectType({ simpleResolvers: true, description: 'A postal address in Italy, as the register holds it.' })
export class Address {
  @Field(() => String, { description: 'Kind and name of the street. Shape: `Via Roma`.' })
  street!: string;

  @Field(() => String, {
    nullable: true,
    description: 'With its letter, if any. Shape: `12/B`. Null when there is none.',
  })
  houseNumber!: string | null;

  @Field(() => String, { description: 'CAP. Shape: five digits.' })
  postalCode!: string;

  @Field(() => String, { description: 'The municipality.' })
  town!: string;

  @Field(() => String, { nullable: true, description: 'Two letters: `BG`. Null when the register has none.' })
  province!: string | null;
}
