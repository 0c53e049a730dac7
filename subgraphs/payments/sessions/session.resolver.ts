import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../../shared/request-context.ts';
import { cancelPaymentSession } from './cancel-session.action.ts';
import {
  CancelPaymentSessionInput,
  type CancelPaymentSessionResult,
  CancelPaymentSessionResultUnion,
} from './cancel-session.result.ts';
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
      'An attempt to pay, for whoever has its id: the page that the payer comes back to asks it until it has ended. Names no debtor. Null when there is none.',
  })
  paymentSession(
    @Arg('id', () => ID, { description: 'The `session` of the return address.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<PaymentSession | null> {
    return readSession(context, id);
  }

  @Mutation(() => StartPaymentResultUnion, {
    nullable: true,
    description: 'Pays 1 to 5 debts through pagoPA Checkout. Errors: LEGACY_UNAVAILABLE.',
  })
  startPayment(
    @Arg('input', () => StartPaymentInput, { description: 'What to pay, and how to come back.' })
    input: StartPaymentInput,
    @Ctx() context: RequestContext,
  ): Promise<StartPaymentResult> {
    return startPayment(context, input);
  }

  @Mutation(() => PayNoticeResultUnion, {
    nullable: true,
    description: 'Pagamento con avviso. Public, limited in rate: names nobody. Errors: LEGACY_UNAVAILABLE.',
  })
  payNotice(
    @Arg('input', () => PayNoticeInput, { description: 'What to pay, and how to come back.' })
    input: PayNoticeInput,
    @Ctx() context: RequestContext,
  ): Promise<PayNoticeResult> {
    return payNotice(context, input);
  }

  @Mutation(() => CancelPaymentSessionResultUnion, {
    nullable: true,
    description:
      'Cancels a session for anyone holding its id, unless pagoPA has already begun to collect. Its debts are payable at once. Limited in rate; repeating it is safe.',
  })
  cancelPaymentSession(
    @Arg('input', () => CancelPaymentSessionInput, { description: 'Which session.' })
    { sessionId }: CancelPaymentSessionInput,
    @Ctx() context: RequestContext,
  ): Promise<CancelPaymentSessionResult> {
    return cancelPaymentSession(context, sessionId);
  }
}
