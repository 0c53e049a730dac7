import { Field, ID, ObjectType } from 'type-graphql';
import { createId } from '../../../core/ids.ts';
import { type CalendarDate, type EuroCents, type Instant, romeDateOf } from '../../../core/values/index.ts';
import type { ReceiptRecord } from '../../../legacy/ports/payments.port.ts';
import { DateTimeScalar, EuroCentsScalar } from '../../shared/scalars.ts';
import type { NoticeKey } from './debt-view.loader.ts';

@ObjectType({
  simpleResolvers: true,
  description: '*Ricevuta telematica*: pagoPA’s proof that a debt was paid.',
})
export class Receipt {
  @Field(() => ID, { description: 'Opaque and permanent.' })
  id!: string;

  @Field(() => DateTimeScalar, { description: 'Moment of the payment.' })
  paidAt!: Instant;

  @Field(() => EuroCentsScalar, { description: 'Amount paid, without fees. Unit: euro cents.' })
  amount!: EuroCents;

  @Field(() => String, {
    description: 'The payment service provider (PSP). Empty for a shared debt that another person paid.',
  })
  pspName!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The payer. Shown to the payer and the debtor only, and to the debtor not if another person paid in a session of their own; null for others, or if it is not known.',
  })
  payerName!: string | null;

  /** The key of its PDF; null if the caller may not have it. */
  readonly source!: ReceiptSource | null;
}

/**
 * A receipt of the caller's own, on a day of Europe/Rome; or the receipt of a notice, for a caller who knows its
 * number.
 */
export type ReceiptSource =
  | { readonly kind: 'own'; readonly receiptId: string; readonly paidOn: CalendarDate }
  | { readonly kind: 'notice'; readonly notice: NoticeKey };

/**
 * The receipt of a shared debt that another person paid: its day and the debt's own amount, and nothing of the payer.
 */
export function toReceiptOfOther({ paidAt, amount }: ReceiptRecord, debtId: string): Receipt {
  return { id: createId('Receipt', debtId), paidAt, amount, pspName: '', payerName: null, source: null };
}

/**
 * `isOfCaller`: whether the caller is the debtor or the payer. `notice`: the notice whose number another caller knows.
 */
export function toReceipt(
  record: ReceiptRecord,
  isOfCaller: boolean,
  notice: NoticeKey | null = null,
): Receipt {
  const { receiptId, paidAt, amount, pspName, payerName } = record;
  const own = { kind: 'own', receiptId, paidOn: romeDateOf(new Date(paidAt)) } as const;
  return {
    id: createId('Receipt', receiptId),
    paidAt,
    amount,
    pspName,
    payerName: isOfCaller ? payerName : null,
    source: isOfCaller ? own : notice === null ? null : { kind: 'notice', notice },
  };
}
