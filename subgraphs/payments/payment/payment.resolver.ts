import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { toConnection, toPageRequest } from '../../shared/connection.ts';
import { recordAccess } from '../../shared/record-access.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import { debtorOf } from '../debt/debtor.loader.ts';
import { PayingBusiness, PayingCitizen } from '../debt/stubs.ts';
import { paymentPage } from './payment.loader.ts';
import { PaymentArgs, PaymentConnection, paymentCursor, toPayment, toRange } from './payment.type.ts';

/** The payments of a citizen and of a business alike. */
function paymentsResolver(payer: typeof PayingCitizen | typeof PayingBusiness) {
  @Resolver(() => payer)
  abstract class PaymentsResolver {
    @FieldResolver(() => PaymentConnection, {
      nullable: true,
      description: '*Archivio pagamenti*, newest first. Errors: LEGACY_UNAVAILABLE, BAD_USER_INPUT.',
    })
    payments(
      @Root() { id }: PayingCitizen,
      @Args(() => PaymentArgs) args: PaymentArgs,
      @Ctx() context: RequestContext,
    ): Promise<PaymentConnection | null> {
      return paymentsOf(context, id, args);
    }
  }
  return PaymentsResolver;
}

@Resolver(() => PayingCitizen)
export class CitizenPaymentsResolver extends paymentsResolver(PayingCitizen) {}

@Resolver(() => PayingBusiness)
export class BusinessPaymentsResolver extends paymentsResolver(PayingBusiness) {}

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
