import { Field, ObjectType } from 'type-graphql';
import type { CalendarDate, EuroCents, Instant, NumeroAvviso } from '../../../core/values/index.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import { DateScalar, DateTimeScalar, EuroCentsScalar, NumeroAvvisoScalar } from '../../shared/scalars.ts';
import { creditorName } from '../debt/creditor.ts';
import { type DebtStatus, DebtStatusEnum } from '../debt/debt-status.type.ts';
import type { DebtView } from '../debt/debt-view.ts';
import { Receipt, toReceipt } from '../debt/receipt.type.ts';
import { publicDescriptionOf } from './notice.rules.ts';

@ObjectType({
  simpleResolvers: true,
  description: 'A notice, as anyone holding its number may see it. Names no person.',
})
export class PaymentNotice {
  @Field(() => NumeroAvvisoScalar, { description: 'Notice number.' })
  numeroAvviso!: NumeroAvviso;

  @Field(() => String, { description: 'Name of the creditor.' })
  creditorName!: string;

  @Field(() => String, { description: 'Subject, in Italian and without personal names.' })
  description!: string;

  @Field(() => EuroCentsScalar, { description: 'Amount to pay. Unit: euro cents.' })
  amount!: EuroCents;

  @Field(() => DateScalar, { nullable: true, description: 'Due date (*scadenza*). Null if there is none.' })
  dueOn!: CalendarDate | null;

  @Field(() => DebtStatusEnum, { description: 'Status.' })
  status!: DebtStatus;
}

@ObjectType({ simpleResolvers: true, description: 'A notice in an archive or a cart. Names no debtor.' })
export class PaymentItem {
  @Field(() => NumeroAvvisoScalar, { description: 'Notice number.' })
  numeroAvviso!: NumeroAvviso;

  @Field(() => String, { description: 'Subject, in Italian and without personal names.' })
  description!: string;

  @Field(() => EuroCentsScalar, { description: 'Amount to pay. Unit: euro cents.' })
  amount!: EuroCents;

  @Field(() => DebtStatusEnum, { description: 'Status.' })
  status!: DebtStatus;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'While PAYMENT_IN_PROGRESS: the latest moment at which a new attempt becomes possible.',
  })
  lockedUntil!: Instant | null;

  @Field(() => Receipt, { nullable: true, description: 'The receipt. Null until one settles the debt.' })
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
