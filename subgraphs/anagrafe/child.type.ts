import { Directive, Field, ID, ObjectType } from 'type-graphql';
import type { CalendarDate, CodiceFiscale } from '../../core/values/index.ts';
import type { ChildRecord } from '../../legacy/ports/anagrafe.port.ts';
import { childId } from '../shared/family.ts';
import { CodiceFiscaleScalar, DateScalar } from '../shared/scalars.ts';
import { Address } from './address.type.ts';

@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description:
    "A minor of the caller's household, or a child for whom a school application of the caller was accepted.",
})
export class Child {
  @Field(() => ID, { description: 'Opaque, the same for ever; holds no codice fiscale.' })
  id!: string;

  @Field(() => CodiceFiscaleScalar, { description: 'Of the child, as the register holds it.' })
  codiceFiscale!: CodiceFiscale;

  @Field(() => String, { description: 'Given names.' })
  firstName!: string;

  @Field(() => String, { description: 'Family name.' })
  lastName!: string;

  @Field(() => DateScalar, { nullable: true, description: 'Day of birth. Null when the register has none.' })
  birthDate!: CalendarDate | null;

  @Field(() => String, {
    nullable: true,
    description: 'Municipality or country of birth. Null when the register has none.',
  })
  birthPlace!: string | null;

  @Field(() => Address, {
    nullable: true,
    description: "Where the child lives. For members of the child's household; null for anybody else.",
  })
  residence!: Address | null;
}

export function toChild(child: ChildRecord): Child {
  const { codiceFiscale, firstName, lastName, birthDate, birthPlace, residence } = child;
  return { id: childId(child), codiceFiscale, firstName, lastName, birthDate, birthPlace, residence };
}
