import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { createId } from '../../../core/ids.ts';
import type {
  CalendarDate,
  CodiceFiscale,
  EuroCents,
  Instant,
  Iuv,
  NumeroAvviso,
} from '../../../core/values/index.ts';
import type { ChildKey } from '../../../legacy/ports/anagrafe.port.ts';
import type { InstalmentKey } from '../../../legacy/ports/school-billing.port.ts';
import {
  DateScalar,
  DateTimeScalar,
  EuroCentsScalar,
  IuvScalar,
  NumeroAvvisoScalar,
} from '../../shared/scalars.ts';
import { Receipt, toReceipt } from '../payment/receipt.type.ts';
import { type DebtStatus, DebtStatusEnum } from './debt-status.type.ts';
import type { DebtView } from './debt-view.ts';

@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description:
    'A *posizione debitoria*, for its debtor. It exists where the legacy or pagoPA holds one; it is never inferred.',
})
export class Debt {
  // Getters: the debts of a list of instalments are asked for their state, seldom for more.
  @Field(() => ID, { description: 'Opaque and permanent.' })
  get id(): string {
    return debtId(this.record);
  }

  @Field(() => IuvScalar, { description: 'By which pagoPA knows it.' })
  iuv: Iuv;

  @Field(() => NumeroAvvisoScalar, { description: 'The number of its notice.' })
  numeroAvviso: NumeroAvviso;

  @Field(() => String, {
    description: 'Causale, in Italian. Shape: `Mensa scolastica fattura 2026/731 rata 1`.',
  })
  description: string;

  @Field(() => EuroCentsScalar, { description: 'What is to be paid. Unit: euro cents.' })
  amount: EuroCents;

  @Field(() => DateScalar, { nullable: true, description: 'Scadenza. Null when it has none.' })
  dueOn: CalendarDate | null;

  @Field(() => DebtStatusEnum, { description: 'Where it stands.' })
  status: DebtStatus;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'While PAYMENT_IN_PROGRESS: when it can be tried again at the latest.',
  })
  lockedUntil: Instant | null;

  @Field(() => Receipt, { nullable: true, description: 'Null until a receipt settled it.' })
  get receipt(): Receipt | null {
    const { receipt } = this.record;
    return receipt === null ? null : toReceipt(receipt, true);
  }

  readonly childKey: ChildKey | null;
  readonly instalmentKey: InstalmentKey | null;
  readonly creditor: CodiceFiscale;
  /** The cart that pagoPA collects for. */
  readonly cartId: string | null;

  constructor(private readonly record: DebtView) {
    this.iuv = record.iuv;
    this.numeroAvviso = record.numeroAvviso;
    this.description = record.description;
    this.amount = record.amount;
    this.dueOn = record.dueOn;
    this.status = record.status;
    this.lockedUntil = record.lockedUntil;
    this.childKey = record.childKey;
    this.instalmentKey = record.instalment;
    this.creditor = record.creditor;
    this.cartId = record.cartId;
  }
}

export function debtId({ key }: Pick<DebtView, 'key'>): string {
  return createId('Debt', key);
}

/** A debt as its debtor sees it. */
export function toDebt(record: DebtView): Debt {
  return new Debt(record);
}
