import { Field, ObjectType } from 'type-graphql';
import type { CalendarDate } from '../../core/values/index.ts';
import { DateScalar } from '../shared/scalars.ts';

@ObjectType({
  simpleResolvers: true,
  description: "A member of the citizen's household (*scheda di famiglia*).",
})
export class HouseholdMember {
  @Field(() => String, { description: 'Given names.' })
  firstName!: string;

  @Field(() => String, { description: 'Family name.' })
  lastName!: string;

  @Field(() => DateScalar, { description: 'Day of birth.' })
  birthDate!: CalendarDate;

  @Field(() => String, {
    description: 'Relationship to the head of the household, in Italian as recorded: `coniuge`, `figlio/a`.',
  })
  relationship!: string;
}
