import { ArgsType, Field, ID, ObjectType } from 'type-graphql';
import { createId } from '../../../core/ids.ts';
import {
  type CalendarDate,
  type EuroCents,
  type Instant,
  InvalidValue,
  type NumeroAvviso,
  parseInstant,
} from '../../../core/values/index.ts';
import type { PaymentCursor, PaymentRecord } from '../../../legacy/ports/payments.port.ts';
import { Connection, type CursorFormat, PageArgs } from '../../shared/connection.ts';
import { DateScalar, DateTimeScalar, EuroCentsScalar, NumeroAvvisoScalar } from '../../shared/scalars.ts';
import { Receipt, toReceipt } from '../debt/receipt.type.ts';

@ObjectType({
  simpleResolvers: true,
  description: 'A payment by or for the caller.',
})
export class Payment {
  @Field(() => ID, { description: 'Opaque and permanent.' })
  id!: string;

  @Field(() => DateTimeScalar, { description: 'Moment of the payment.' })
  paidAt!: Instant;

  @Field(() => EuroCentsScalar, { description: 'Amount without fees. Unit: euro cents.' })
  amount!: EuroCents;

  @Field(() => String, { description: '*Causale*, in Italian.' })
  description!: string;

  @Field(() => NumeroAvvisoScalar, { description: 'Number of the paid notice.' })
  numeroAvviso!: NumeroAvviso;

  @Field(() => Receipt, { nullable: true, description: 'The receipt.' })
  receipt!: Receipt | null;
}

@ObjectType({ simpleResolvers: true, description: 'A payment and its cursor.' })
export class PaymentEdge {
  @Field(() => String, { description: 'Pass it as `after`.' })
  cursor!: string;

  @Field(() => Payment, { description: 'The payment.' })
  node!: Payment;
}

@ObjectType({ implements: Connection, simpleResolvers: true, description: 'Payments, newest first.' })
export class PaymentConnection extends Connection {
  @Field(() => [PaymentEdge], { description: 'This page.' })
  edges!: PaymentEdge[];
}

@ArgsType()
export class PaymentArgs extends PageArgs {
  @Field(() => DateScalar, { nullable: true, description: 'Paid on this day or later; days of Europe/Rome.' })
  paidFrom?: CalendarDate | null;

  @Field(() => DateScalar, { nullable: true, description: 'Paid on this day or earlier.' })
  paidTo?: CalendarDate | null;
}

export const paymentCursor: CursorFormat<PaymentCursor> = {
  name: 'PaymentCursor',
  toParts: ({ paidAt, receiptId }) => [paidAt, receiptId],
  toKey: ([paidAt = '', ...receiptId]) =>
    Number.isNaN(Date.parse(paidAt)) || receiptId.length === 0
      ? null
      : { paidAt: parseInstant(paidAt), receiptId: receiptId.join('/') },
};

/** Errors: InvalidValue if the first day is after the last. */
export function toRange({ paidFrom = null, paidTo = null }: Pick<PaymentArgs, 'paidFrom' | 'paidTo'>): {
  readonly from: CalendarDate | null;
  readonly to: CalendarDate | null;
} {
  if (paidFrom !== null && paidTo !== null && paidFrom > paidTo) {
    throw new InvalidValue('`paidFrom` is a day not after `paidTo`.');
  }
  return { from: paidFrom, to: paidTo };
}

export function toPayment({ receipt, description, numeroAvviso }: PaymentRecord): Payment {
  const { receiptId, paidAt, amount } = receipt;
  const id = createId('Payment', receiptId);
  // The person of the list is the debtor or the payer.
  return { id, paidAt, amount, description, numeroAvviso, receipt: toReceipt(receipt, true) };
}
