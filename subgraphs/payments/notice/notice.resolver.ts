import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import type { CodiceFiscale, Iuv, NumeroAvviso } from '../../../core/values/index.ts';
import { recordAccess } from '../../shared/record-access.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import { CodiceFiscaleScalar, IuvScalar, NumeroAvvisoScalar } from '../../shared/scalars.ts';
import { findByIuv, findByNotice } from '../debt/debt-view.loader.ts';
import { isDebtor } from './notice.rules.ts';
import { PaymentItem, PaymentNotice, toItem, toNotice } from './notice.type.ts';

const numberArgument = { description: 'As printed on the notice; blanks are accepted.' } as const;
const creditorArgument = { description: "The creditor's codice fiscale, as printed on the notice." } as const;

@Resolver()
export class NoticeResolver {
  @Query(() => PaymentNotice, {
    nullable: true,
    description:
      "Looks up a notice by its number and its creditor's codice fiscale. Public, rate limited, names no person. Errors: LEGACY_UNAVAILABLE.",
  })
  async paymentNotice(
    @Arg('numeroAvviso', () => NumeroAvvisoScalar, numberArgument) numeroAvviso: NumeroAvviso,
    @Arg('creditor', () => CodiceFiscaleScalar, creditorArgument) creditor: CodiceFiscale,
    @Ctx() context: RequestContext,
  ): Promise<PaymentNotice | null> {
    const debt = await findByNotice(context, { numeroAvviso, creditor });
    return debt === null ? null : toNotice(context, debt);
  }

  @Query(() => PaymentItem, {
    nullable: true,
    description:
      "*Archivio pagamenti* without sign-in: status and receipt for anyone who knows the notice and the debtor's code. Public, rate limited. Errors: LEGACY_UNAVAILABLE.",
  })
  async paymentArchive(
    @Arg('numeroAvviso', () => NumeroAvvisoScalar, numberArgument) numeroAvviso: NumeroAvviso,
    @Arg('creditor', () => CodiceFiscaleScalar, creditorArgument) creditor: CodiceFiscale,
    @Arg('debtor', () => String, { description: "The debtor's codice fiscale or partita IVA." })
    debtor: string,
    @Ctx() context: RequestContext,
  ): Promise<PaymentItem | null> {
    const debt = await findByNotice(context, { numeroAvviso, creditor });
    const isShown = debt !== null && isDebtor(debt, debtor);
    recordAccess(context, 'PaymentArchive.read', isShown ? 'allowed' : 'refused', []);
    return isShown ? toItem(debt) : null;
  }

  @Query(() => PaymentNotice, {
    nullable: true,
    description:
      'The status of a payment, for programs with the scope `payment:status`. Errors: UNAUTHENTICATED, FORBIDDEN, LEGACY_UNAVAILABLE.',
  })
  async paymentStatusByIuv(
    @Arg('iuv', () => IuvScalar, { description: 'pagoPA’s payment identifier (IUV).' }) iuv: Iuv,
    @Ctx() context: RequestContext,
  ): Promise<PaymentNotice | null> {
    const debt = await findByIuv(context, iuv);
    return debt === null ? null : toNotice(context, debt);
  }
}
