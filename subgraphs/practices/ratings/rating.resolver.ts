import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '../../shared/request-context.ts';
import { rateService } from './rate-service.action.ts';
import { RateServiceInput } from './rate-service.input.ts';
import { RateServiceResult } from './rate-service.result.ts';

@Resolver()
export class RatingResolver {
  @Mutation(() => RateServiceResult, {
    nullable: true,
    description:
      "Rates a service after use. Public, limited in rate, stored without the caller's identity. Errors: LEGACY_UNAVAILABLE.",
  })
  rateService(
    @Arg('input', () => RateServiceInput, { description: 'The rating.' }) input: RateServiceInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof RateServiceResult> {
    return rateService(context, input);
  }
}
