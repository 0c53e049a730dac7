import { Field, ID, InputType } from 'type-graphql';

@InputType({ description: 'The session to cancel.' })
export class CancelPaymentSessionInput {
  @Field(() => ID, { description: 'The `id` of the session, or the `session` of the return address.' })
  sessionId!: string;
}
