import { Directive, Field, ID, ObjectType } from 'type-graphql';
import type { ChildKey } from '../../legacy/ports/anagrafe.port.ts';
import { childId } from '../shared/family.ts';

/** The Child entity of anagrafe; this subgraph adds school data and invoices. */
@Directive('@key(fields: "id")')
@ObjectType('Child', {
  simpleResolvers: true,
  description:
    "A minor of the caller's household, a child for whom a school application of the caller was accepted, or one whose applicant shares it with the caller.",
})
export class BillingChild {
  @Field(() => ID, { description: 'Opaque and permanent; contains no codice fiscale.' })
  id!: string;

  key!: ChildKey;
}

export function toBillingChild(key: ChildKey): BillingChild {
  return { id: childId({ key }), key };
}
