import { createUnionType, Field, Int, ObjectType } from 'type-graphql';
import { Problem } from '../../shared/problem.ts';
import { FieldProblem } from '../../shared/shared-types.ts';

@ObjectType({
  simpleResolvers: true,
  description: 'The rating is stored, without the identity of the person who gave it.',
})
export class ServiceRated {
  @Field(() => Int, { description: '1 to 5.' })
  stars!: number;
}

@ObjectType({
  implements: Problem,
  simpleResolvers: true,
  description:
    'Nothing was stored. Code: RATING_INVALID. Problem codes: SERVICE_UNKNOWN, STARS_INVALID, ASPECT_NOT_EXPECTED, TOO_LONG, NOT_TEXT, KEY_INVALID, KEY_REUSED.',
})
export class RatingInvalid extends Problem {
  @Field(() => [FieldProblem], { description: 'All problems.' })
  problems!: readonly FieldProblem[];
}

export const RateServiceResult = createUnionType({
  name: 'RateServiceResult',
  description: 'Result of a rating.',
  types: () => [ServiceRated, RatingInvalid] as const,
});
