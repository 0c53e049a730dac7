import { Field, ID, ObjectType } from 'type-graphql';
import { createId } from '../../core/ids.ts';
import type { EuroCents, Instant } from '../../core/values/index.ts';
import type { ReceiptRecord } from '../../legacy/ports/payments.port.ts';
import { Document } from '../skeleton/documents/document.type.ts';
import { DateTimeScalar, EuroCentsScalar } from '../skeleton/scalars.ts';

@ObjectType({ simpleResolvers: true, description: 'Ricevuta telematica: the proof that a debt was paid.' })
export class Receipt {
  @Field(() => ID, { description: 'Opaque, the same for ever.' })
  id!: string;

  @Field(() => DateTimeScalar, { description: 'When it was paid.' })
  paidAt!: Instant;

  @Field(() => EuroCentsScalar, { description: 'What was paid, without fees. Unit: euro cents.' })
  amount!: EuroCents;

  @Field(() => String, { description: 'Who took the payment (PSP).' })
  pspName!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Who paid. For the debtor and the payer only; null for anybody else, or when it is not known.',
  })
  payerName!: string | null;

  @Field(() => Document, {
    nullable: true,
    description: 'The receipt as a PDF. Null: this version does not make it yet.',
  })
  document!: Document | null;
}

/** `isTheirs`: whether the caller is the debtor or who paid. */
export function toReceipt(record: ReceiptRecord, isTheirs: boolean): Receipt {
  const { receiptId, paidAt, amount, pspName, payerName } = record;
  return {
    id: createId('Receipt', receiptId),
    paidAt,
    amount,
    pspName,
    payerName: isTheirs ? payerName : null,
    document: null,
  };
}
