import { Field, ObjectType } from 'type-graphql';
import type { CalendarDate, EuroCents, Instant, NumeroAvviso } from '../../../core/values/index.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import { DateScalar, DateTimeScalar, EuroCentsScalar, NumeroAvvisoScalar } from '../../shared/scalars.ts';
import { creditorName } from '../creditor.ts';
import { type DebtStatus, DebtStatusEnum } from '../debt/debt-status.type.ts';
import type { DebtView } from '../debt/debt-view.ts';
import { Receipt, toReceipt } from '../payment/receipt.type.ts';
import { publicDescriptionOf } from './notice.rules.ts';

@ObjectType({
  simpleResolvers: true,
  description: 'What anybody who holds a notice may know of it. Names no person.',
})
export class PaymentNotice {
  @Field(() => NumeroAvvisoScalar, { description: 'Its number.' })
  numeroAvviso!: NumeroAvviso;

  @Field(() => String, { description: 'Whom it is paid to.' })
  creditorName!: string;

  @Field(() => String, { description: 'What it is for, in Italian and without names.' })
  description!: string;

  @Field(() => EuroCentsScalar, { description: 'What is to be paid. Unit: euro cents.' })
  amount!: EuroCents;

  @Field(() => DateScalar, { nullable: true, description: 'Scadenza. Null when it has none.' })
  dueOn!: CalendarDate | null;

  @Field(() => DebtStatusEnum, { description: 'Where it stands.' })
  status!: DebtStatus;
}

@ObjectType({ simpleResolvers: true, description: 'A notice in an archive or in a cart. Names no debtor.' })
export class PaymentItem {
  @Field(() => NumeroAvvisoScalar, { description: 'Its number.' })
  numeroAvviso!: NumeroAvviso;

  @Field(() => String, { description: 'What it is for, in Italian and without names.' })
  description!: string;

  @Field(() => EuroCentsScalar, { description: 'What is to be paid. Unit: euro cents.' })
  amount!: EuroCents;

  @Field(() => DebtStatusEnum, { description: 'Where it stands.' })
  status!: DebtStatus;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'While PAYMENT_IN_PROGRESS: when it can be tried again at the latest.',
  })
  lockedUntil!: Instant | null;

  @Field(() => Receipt, { nullable: true, description: 'Null until a receipt settled it.' })
  receipt!: Receipt | null;
}

export async function toNotice(context: RequestContext, debt: DebtView): Promise<PaymentNotice> {
  const { numeroAvviso, amount, dueOn, status, creditor } = debt;
  return {
    numeroAvviso,
    creditorName: await creditorName(context, creditor),
    description: publicDescriptionOf(debt),
    amount,
    dueOn,
    status,
  };
}

export function toItem(debt: DebtView): PaymentItem {
  const { numeroAvviso, amount, status, lockedUntil, receipt } = debt;
  return {
    numeroAvviso,
    description: publicDescriptionOf(debt),
    amount,
    status,
    lockedUntil,
    receipt: receipt === null ? null : toReceipt(receipt, false, debt),
  };
}
