import { Field, ID, InputType, Int } from 'type-graphql';
import { describeKey } from '../../shared/idempotency-key.ts';
import { type RatedAspect, RatedAspectEnum } from './rated-aspect.type.ts';

@InputType({ description: 'A rating of a service, in the three steps of the published norm.' })
export class RateServiceInput {
  @Field(() => ID, { description: 'Id of a PracticeTemplate or a PaymentKind.' })
  service!: string;

  @Field(() => Int, { description: '«Quanto è stato facile usare questo servizio?»: 1 to 5.' })
  stars!: number;

  @Field(() => [RatedAspectEnum], {
    description: 'What was good for 4 or 5 stars, what was hard for 1 to 3. May be empty.',
  })
  aspects!: readonly RatedAspect[];

  @Field(() => String, {
    nullable: true,
    description: 'A comment of at most 200 characters. The office reads it unchanged.',
  })
  comment?: string | null;

  @Field(() => String, {
    description: describeKey('rating', 'a repeated call counts once'),
  })
  idempotencyKey!: string;
}
