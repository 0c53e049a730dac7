import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { shown } from '../../core/unreadable.ts';
import type { CalendarDate, CodiceFiscale } from '../../core/values/index.ts';
import type { ChildRecord } from '../../legacy/ports/anagrafe.port.ts';
import { childId } from '../shared/family.ts';
import { CodiceFiscaleScalar, DateScalar } from '../shared/scalars.ts';
import { Address } from './address.type.ts';

@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description:
    "A minor of the caller's household, a child for whom a school application of the caller was accepted, or one whose applicant shares it with the caller.",
})
export class Child {
  @Field(() => ID, { description: 'Opaque and permanent; contains no codice fiscale.' })
  id!: string;

  @Field(() => CodiceFiscaleScalar, {
    description: 'The child’s codice fiscale, from the residents’ records.',
  })
  codiceFiscale!: CodiceFiscale;

  @Field(() => String, { description: 'Given names.' })
  firstName!: string;

  @Field(() => String, { description: 'Family name.' })
  lastName!: string;

  @Field(() => DateScalar, { nullable: true, description: 'Date of birth. Null if it is not recorded.' })
  birthDate!: CalendarDate | null;

  @Field(() => String, {
    nullable: true,
    description: 'Municipality or country of birth. Null if it is not recorded.',
  })
  birthPlace!: string | null;

  @Field(() => Address, {
    nullable: true,
    description: "The child's residence. Only members of the child's household see it; null for others.",
  })
  residence!: Address | null;
}

export function toChild(child: ChildRecord): Child {
  const { codiceFiscale, firstName, lastName, birthPlace, residence } = child;
  const birthDate = shown(child, 'birthDate');
  return { id: childId(child), codiceFiscale, firstName, lastName, birthDate, birthPlace, residence };
}
