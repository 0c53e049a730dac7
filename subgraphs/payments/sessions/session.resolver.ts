import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../../shared/request-context.ts';
import { cancelPaymentSession } from './cancel-session.action.ts';
import { CancelPaymentSessionInput } from './cancel-session.input.ts';
import { type CancelPaymentSessionResult, CancelPaymentSessionResultUnion } from './cancel-session.result.ts';
import { payNotice } from './pay-notice.action.ts';
import { readSession } from './session.loader.ts';
import { PaymentSession } from './session.type.ts';
import { startPayment } from './start-payment.action.ts';
import { PayNoticeInput, StartPaymentInput } from './start-payment.input.ts';
import {
  type PayNoticeResult,
  PayNoticeResultUnion,
  type StartPaymentResult,
  StartPaymentResultUnion,
} from './start-payment.result.ts';

@Resolver()
export class SessionResolver {
  @Query(() => PaymentSession, {
    nullable: true,
    description:
      'A payment attempt, for anyone holding its id: the return page polls it until it ends. Names no debtor. Null if it does not exist.',
  })
  paymentSession(
    @Arg('id', () => ID, { description: 'The `session` parameter of the return address.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<PaymentSession | null> {
    return readSession(context, id);
  }

  @Mutation(() => StartPaymentResultUnion, {
    nullable: true,
    description: 'Pays 1 to 5 debts through pagoPA Checkout. Errors: LEGACY_UNAVAILABLE.',
  })
  startPayment(
    @Arg('input', () => StartPaymentInput, { description: 'The payment and the return address.' })
    input: StartPaymentInput,
    @Ctx() context: RequestContext,
  ): Promise<StartPaymentResult> {
    return startPayment(context, input);
  }

  @Mutation(() => PayNoticeResultUnion, {
    nullable: true,
    description: '*Pagamento con avviso*. Public, rate limited; names no person. Errors: LEGACY_UNAVAILABLE.',
  })
  payNotice(
    @Arg('input', () => PayNoticeInput, { description: 'The payment and the return address.' })
    input: PayNoticeInput,
    @Ctx() context: RequestContext,
  ): Promise<PayNoticeResult> {
    return payNotice(context, input);
  }

  @Mutation(() => CancelPaymentSessionResultUnion, {
    nullable: true,
    description:
      'Cancels a session for anyone holding its id, unless pagoPA has already begun to collect. Its debts are payable at once. Rate limited; repeating it is safe.',
  })
  cancelPaymentSession(
    @Arg('input', () => CancelPaymentSessionInput, { description: 'The session.' })
    { sessionId }: CancelPaymentSessionInput,
    @Ctx() context: RequestContext,
  ): Promise<CancelPaymentSessionResult> {
    return cancelPaymentSession(context, sessionId);
  }
}
