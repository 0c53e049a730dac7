import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { createId } from '../../core/ids.ts';
import type { PracticeKey } from '../../legacy/ports/keys.ts';

/** An entity of the practices subgraph; only its key is known here. */
@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Practice', {
  simpleResolvers: true,
  description: 'A *pratica*: an application that a citizen or a business files with the municipality.',
})
export class BillingPractice {
  @Field(() => ID, { description: 'Opaque and permanent.' })
  id!: string;
}

/** A practice by its key in the legacy system. */
export function toBillingPractice(practiceKey: PracticeKey): BillingPractice {
  return { id: createId('Practice', 'L', practiceKey) };
}
