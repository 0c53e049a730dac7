import { Field, ID, InputType, Int } from 'type-graphql';
import { type RatedAspect, RatedAspectEnum } from './rated-aspect.type.ts';

@InputType({ description: 'A rating of a service, as the published norm asks for it in three steps.' })
export class RateServiceInput {
  @Field(() => ID, { description: "A PracticeTemplate's or a PaymentKind's id." })
  service!: string;

  @Field(() => Int, { description: '«Quanto è stato facile usare questo servizio?»: 1 to 5.' })
  stars!: number;

  @Field(() => [RatedAspectEnum], {
    description: 'What was good with 4 or 5 stars, what was hard with 1 to 3. May be empty.',
  })
  aspects!: readonly RatedAspect[];

  @Field(() => String, {
    nullable: true,
    description: 'A short comment of at most 200 characters. The office reads it as it is.',
  })
  comment?: string | null;

  @Field(() => String, {
    description:
      'Made by the client, unguessable, one for each rating: repeating a call with the same key counts once. 1 to 255 characters.',
  })
  idempotencyKey!: string;
}
