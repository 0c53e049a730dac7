import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '../../shared/request-context.ts';
import { createSpontaneousPayment } from './create-spontaneous-payment.action.ts';
import { SpontaneousPaymentInput } from './spontaneous-payment.input.ts';
import {
  type SpontaneousPaymentResult,
  SpontaneousPaymentResultUnion,
} from './spontaneous-payment.result.ts';

@Resolver()
export class SpontaneousPaymentResolver {
  @Mutation(() => SpontaneousPaymentResultUnion, {
    nullable: true,
    description:
      'Pagamento spontaneo: a payment without a notice. Public. The debt appears in the lists of a signed-in caller at once, and under the typed code once it is paid. Errors: LEGACY_UNAVAILABLE.',
  })
  createSpontaneousPayment(
    @Arg('input', () => SpontaneousPaymentInput, { description: 'The form as it was filled in.' })
    input: SpontaneousPaymentInput,
    @Ctx() context: RequestContext,
  ): Promise<SpontaneousPaymentResult> {
    return createSpontaneousPayment(context, input);
  }
}
