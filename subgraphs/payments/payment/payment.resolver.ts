import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { toConnection, toPageRequest } from '../../shared/connection.ts';
import { recordAccess } from '../../shared/record-access.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import { debtorOf } from '../debt/debtor.loader.ts';
import { PayingBusiness, PayingCitizen } from '../debt/stubs.ts';
import { paymentPage } from './payment.loader.ts';
import { PaymentArgs, PaymentConnection, paymentCursor, toPayment, toRange } from './payment.type.ts';

const options = {
  nullable: true,
  description: '*Archivio pagamenti*, newest first. Errors: LEGACY_UNAVAILABLE, BAD_USER_INPUT.',
} as const;

@Resolver(() => PayingCitizen)
export class CitizenPaymentsResolver {
  @FieldResolver(() => PaymentConnection, options)
  payments(
    @Root() { id }: PayingCitizen,
    @Args(() => PaymentArgs) args: PaymentArgs,
    @Ctx() context: RequestContext,
  ): Promise<PaymentConnection | null> {
    return paymentsOf(context, id, args);
  }
}

@Resolver(() => PayingBusiness)
export class BusinessPaymentsResolver {
  @FieldResolver(() => PaymentConnection, options)
  payments(
    @Root() { id }: PayingBusiness,
    @Args(() => PaymentArgs) args: PaymentArgs,
    @Ctx() context: RequestContext,
  ): Promise<PaymentConnection | null> {
    return paymentsOf(context, id, args);
  }
}

async function paymentsOf(
  context: RequestContext,
  id: string,
  args: PaymentArgs,
): Promise<PaymentConnection | null> {
  const payer = debtorOf(context);
  if (payer === null) return null;
  const request = toPageRequest(args, paymentCursor);
  const page = await paymentPage(context, payer, toRange(args), request);
  recordAccess(context, 'Payment.list', 'allowed', [id]);
  return toConnection(page, paymentCursor, ({ receipt }) => receipt, toPayment);
}
