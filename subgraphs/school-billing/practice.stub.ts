import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { createId } from '../../core/ids.ts';

/** The domain practices' own; here only its key is known. */
@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Practice', {
  simpleResolvers: true,
  description: 'A *pratica*: an application that a citizen or a business files with the municipality.',
})
export class BillingPractice {
  @Field(() => ID, { description: 'Opaque, the same for ever.' })
  id!: string;
}

/** A practice that the register knows, by the register's key. */
export function toBillingPractice(practiceKey: number): BillingPractice {
  return { id: createId('Practice', 'L', practiceKey) };
}
