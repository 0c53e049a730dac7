import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { toConnection, toPageRequest } from '../skeleton/connection.ts';
import { recordAccess, type Scope } from '../skeleton/scope.ts';
import { debtorOf } from './debtor.loader.ts';
import { paymentPage } from './payment.loader.ts';
import { PaymentArgs, PaymentConnection, paymentCursor, toPayment, toRange } from './payment.type.ts';
import { PayingBusiness, PayingCitizen } from './stubs.ts';

const options = {
  nullable: true,
  description: 'Archivio pagamenti, newest first. Errors: LEGACY_UNAVAILABLE, BAD_USER_INPUT.',
} as const;

@Resolver(() => PayingCitizen)
export class CitizenPaymentsResolver {
  @FieldResolver(() => PaymentConnection, options)
  payments(
    @Root() { id }: PayingCitizen,
    @Args(() => PaymentArgs) args: PaymentArgs,
    @Ctx() scope: Scope,
  ): Promise<PaymentConnection | null> {
    return paymentsOf(scope, id, args);
  }
}

@Resolver(() => PayingBusiness)
export class BusinessPaymentsResolver {
  @FieldResolver(() => PaymentConnection, options)
  payments(
    @Root() { id }: PayingBusiness,
    @Args(() => PaymentArgs) args: PaymentArgs,
    @Ctx() scope: Scope,
  ): Promise<PaymentConnection | null> {
    return paymentsOf(scope, id, args);
  }
}

async function paymentsOf(scope: Scope, id: string, args: PaymentArgs): Promise<PaymentConnection | null> {
  const payer = debtorOf(scope);
  if (payer === null) return null;
  const request = toPageRequest(args, paymentCursor);
  const page = await paymentPage(scope, payer, toRange(args), request);
  recordAccess(scope, 'Payment.list', 'allowed', [id]);
  return toConnection(page, paymentCursor, ({ receipt }) => receipt, toPayment);
}
