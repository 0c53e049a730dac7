import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import type { CodiceFiscale, Iuv, NumeroAvviso } from '../../core/values/index.ts';
import type { DebtRecord } from '../../legacy/ports/payments.port.ts';
import { defineOnce } from '../skeleton/loader.ts';
import { CodiceFiscaleScalar, IuvScalar, NumeroAvvisoScalar } from '../skeleton/scalars.ts';
import { recordAccess, type Scope } from '../skeleton/scope.ts';
import { isDebtor, publicDescriptionOf } from './notice.rules.ts';
import { PaymentItem, PaymentNotice } from './notice.type.ts';
import { toReceipt } from './receipt.type.ts';
import { withSettled } from './settled.rules.ts';

const numberArgument = { description: 'As printed on the notice; blanks are accepted.' } as const;
const creditorArgument = { description: "The creditor's codice fiscale, as printed on the notice." } as const;

@Resolver()
export class NoticeResolver {
  @Query(() => PaymentNotice, {
    nullable: true,
    description:
      "Looks a notice up by its number and its creditor's codice fiscale. Public, limited in rate, names no person. Errors: LEGACY_UNAVAILABLE.",
  })
  async paymentNotice(
    @Arg('numeroAvviso', () => NumeroAvvisoScalar, numberArgument) numeroAvviso: NumeroAvviso,
    @Arg('creditor', () => CodiceFiscaleScalar, creditorArgument) creditor: CodiceFiscale,
    @Ctx() scope: Scope,
  ): Promise<PaymentNotice | null> {
    const debt = await asKnown(scope, scope.legacy.payments.debtsByNotice([{ numeroAvviso, creditor }]));
    return debt === null ? null : toNotice(scope, debt);
  }

  @Query(() => PaymentItem, {
    nullable: true,
    description:
      "Archivio pagamenti without sign-in: who knows the notice and the debtor's code sees state and receipt. Public, limited in rate. Errors: LEGACY_UNAVAILABLE.",
  })
  async paymentArchive(
    @Arg('numeroAvviso', () => NumeroAvvisoScalar, numberArgument) numeroAvviso: NumeroAvviso,
    @Arg('creditor', () => CodiceFiscaleScalar, creditorArgument) creditor: CodiceFiscale,
    @Arg('debtor', () => String, { description: "The debtor's codice fiscale or partita IVA." })
    debtor: string,
    @Ctx() scope: Scope,
  ): Promise<PaymentItem | null> {
    const debt = await asKnown(scope, scope.legacy.payments.debtsByNotice([{ numeroAvviso, creditor }]));
    const isShown = debt !== null && isDebtor(debt, debtor);
    recordAccess(scope, 'PaymentArchive.read', isShown ? 'allowed' : 'refused', []);
    return isShown ? toItem(debt) : null;
  }

  @Query(() => PaymentNotice, {
    nullable: true,
    description:
      'The state of a payment, for machines with the scope `payment:status`. Errors: UNAUTHENTICATED, FORBIDDEN, LEGACY_UNAVAILABLE.',
  })
  async paymentStatusByIuv(
    @Arg('iuv', () => IuvScalar, { description: 'By which pagoPA knows it.' }) iuv: Iuv,
    @Ctx() scope: Scope,
  ): Promise<PaymentNotice | null> {
    const debt = await asKnown(scope, scope.legacy.payments.debtsByIuv([iuv]));
    return debt === null ? null : toNotice(scope, debt);
  }
}

/** The one debt that was asked for, with what was settled laid over it. */
async function asKnown(
  { settlements }: Scope,
  found: Promise<readonly (DebtRecord | null)[]>,
): Promise<DebtRecord | null> {
  const [debt = null] = await found;
  if (debt === null) return null;
  return withSettled([debt], await settlements.ofIuvs([debt.iuv]))[0] ?? null;
}

const body = defineOnce(({ legacy }) => legacy.anagrafe.municipality());

async function toNotice(scope: Scope, debt: DebtRecord): Promise<PaymentNotice> {
  const { numeroAvviso, amount, dueOn, status, creditor } = debt;
  const municipality = await body(scope);
  const creditorName = municipality?.codiceFiscale === creditor ? municipality.name : creditor;
  return { numeroAvviso, creditorName, description: publicDescriptionOf(debt), amount, dueOn, status };
}

function toItem(debt: DebtRecord): PaymentItem {
  const { numeroAvviso, amount, status, receipt } = debt;
  return {
    numeroAvviso,
    description: publicDescriptionOf(debt),
    amount,
    status,
    lockedUntil: null,
    receipt: receipt === null ? null : toReceipt(receipt, false, debt),
  };
}

/** Errors: UNAUTHENTICATED for nobody, FORBIDDEN for a person or for a machine without the scope. */
