import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { nothingIn } from '../../../core/unreadable.ts';
import type { InstalmentKey } from '../../../legacy/ports/school-billing.port.ts';
import { parseInstalmentId } from '../../shared/billing-ids.ts';
import { viewerOf } from '../../shared/entitlement.ts';
import { defineLoader } from '../../shared/loader.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import { Debt, toDebt } from '../debt/debt.type.ts';
import { instalmentKeyOf, useDebtsByInstalment } from '../debt/debtor.loader.ts';
import { PayableInstalment } from '../debt/stubs.ts';
import { kindByCode } from './payment-kind.resolver.ts';
import { PaymentKind, toPaymentKind } from './payment-kind.type.ts';

@Resolver(() => PayableInstalment)
export class PayableInstalmentResolver {
  @FieldResolver(() => Debt, {
    nullable: true,
    description:
      'The debt that pays it. Null if neither the legacy system nor pagoPA holds one, as with direct debits. Errors: LEGACY_UNAVAILABLE.',
  })
  debt(
    @Root() { id }: PayableInstalment,
    @Ctx() context: RequestContext,
  ): Debt | null | Promise<Debt | null> {
    return useDebtsByInstalment(context, (debts) => {
      const key = parseInstalmentId(id);
      const record = key === null ? undefined : debts.get(instalmentKeyOf(key));
      return record === undefined ? nothingIn(debts) : toDebt(record);
    });
  }

  @FieldResolver(() => PaymentKind, {
    nullable: true,
    description:
      'The kind of payment for an instalment without a notice, such as after a returned direct debit. Errors: LEGACY_UNAVAILABLE.',
  })
  async spontaneousPaymentKind(
    @Root() { id }: PayableInstalment,
    @Ctx() context: RequestContext,
  ): Promise<PaymentKind | null> {
    const key = parseInstalmentId(id);
    const code = key === null ? null : await spontaneousKind(context).load(key);
    if (key === null || code === null || (await hasWayToPay(context, key))) return null;
    const record = await kindByCode(context).load(code);
    return record === null ? null : toPaymentKind(record);
  }
}

/** Whether the instalment has a debt that can be paid or is being paid, or is fully paid. */
async function hasWayToPay(context: RequestContext, key: InstalmentKey): Promise<boolean> {
  const debt = await useDebtsByInstalment(context, (debts) => debts.get(instalmentKeyOf(key)));
  if (debt?.status === 'PAID') return (debt.receipt?.amount ?? debt.amount) >= debt.amount;
  return debt?.status === 'PAYABLE' || debt?.status === 'PAYMENT_IN_PROGRESS';
}

const spontaneousKind = defineLoader<InstalmentKey, string | null>(async (context, keys) => {
  const viewer = await viewerOf(context, []);
  if (viewer === null) return keys.map(() => null);
  return context.legacy.payments.spontaneousKinds(viewer, keys);
}, instalmentKeyOf);
