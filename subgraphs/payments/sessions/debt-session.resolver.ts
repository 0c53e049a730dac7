import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../shared/request-context.ts';
import { Debt } from '../debt/debt.type.ts';
import { ownSessionOf } from './session.loader.ts';
import { PaymentSession } from './session.type.ts';

@Resolver(() => Debt)
export class DebtSessionResolver {
  @FieldResolver(() => PaymentSession, {
    nullable: true,
    description:
      "The caller's own open session for this debt, to resume or cancel: the one that pagoPA is collecting for, or else the newest. Null if there is none.",
  })
  paymentSession(@Root() debt: Debt, @Ctx() context: RequestContext): Promise<PaymentSession | null> | null {
    const isOpen = debt.status === 'PAYABLE' || debt.status === 'PAYMENT_IN_PROGRESS';
    return isOpen ? ownSessionOf(context, debt) : null;
  }
}
