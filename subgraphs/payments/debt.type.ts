import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { createId } from '../../core/ids.ts';
import type { CalendarDate, EuroCents, Instant, Iuv, NumeroAvviso } from '../../core/values/index.ts';
import type { ChildKey } from '../../legacy/ports/anagrafe.port.ts';
import { instalmentId } from '../skeleton/billing-ids.ts';
import {
  DateScalar,
  DateTimeScalar,
  EuroCentsScalar,
  IuvScalar,
  NumeroAvvisoScalar,
} from '../skeleton/scalars.ts';
import { type DebtStatus, DebtStatusEnum } from './debt-status.type.ts';
import type { KnownDebt } from './known-debt.ts';
import { Receipt, toReceipt } from './receipt.type.ts';
import { PayableInstalment } from './stubs.ts';

@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description:
    'A *posizione debitoria*, for its debtor. It exists where the legacy or pagoPA holds one; it is never inferred.',
})
export class Debt {
  @Field(() => ID, { description: 'Opaque, the same for ever.' })
  id!: string;

  @Field(() => IuvScalar, { description: 'By which pagoPA knows it.' })
  iuv!: Iuv;

  @Field(() => NumeroAvvisoScalar, { description: 'The number of its notice.' })
  numeroAvviso!: NumeroAvviso;

  @Field(() => String, {
    description: 'Causale, in Italian. Shape: `Mensa scolastica fattura 2026/731 rata 1`.',
  })
  description!: string;

  @Field(() => EuroCentsScalar, { description: 'What is to be paid. Unit: euro cents.' })
  amount!: EuroCents;

  @Field(() => DateScalar, { nullable: true, description: 'Scadenza. Null when it has none.' })
  dueOn!: CalendarDate | null;

  @Field(() => DebtStatusEnum, { description: 'Where it stands.' })
  status!: DebtStatus;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'While PAYMENT_IN_PROGRESS: when it can be tried again at the latest.',
  })
  lockedUntil!: Instant | null;

  @Field(() => PayableInstalment, {
    nullable: true,
    description: 'The rata it pays. Null when it pays none.',
  })
  instalment!: PayableInstalment | null;

  @Field(() => Receipt, { nullable: true, description: 'Null until a receipt settled it.' })
  receipt!: Receipt | null;

  readonly childKey!: ChildKey | null;
}

export function debtId({ key }: Pick<KnownDebt, 'key'>): string {
  return createId('Debt', key);
}

/** A debt as its debtor sees it. */
export function toDebt(record: KnownDebt): Debt {
  const { iuv, numeroAvviso, description, amount, dueOn, status, lockedUntil } = record;
  const { childKey, instalment } = record;
  return {
    // Getters: the debts of a list of instalments are asked for their state, seldom for more.
    get id() {
      return debtId(record);
    },
    iuv,
    numeroAvviso,
    description,
    amount,
    dueOn,
    status,
    lockedUntil,
    childKey,
    instalment: instalment === null ? null : { id: instalmentId(instalment) },
    get receipt() {
      return record.receipt === null ? null : toReceipt(record.receipt, true);
    },
  };
}
