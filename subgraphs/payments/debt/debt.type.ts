import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { createId } from '../../../core/ids.ts';
import { shown } from '../../../core/unreadable.ts';
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
import { type DebtStatus, DebtStatusEnum } from './debt-status.type.ts';
import type { DebtView } from './debt-view.ts';
import { Receipt, toReceipt, toReceiptOfOther } from './receipt.type.ts';

@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description:
    'A *posizione debitoria*, as its debtor sees it, or a person with whom its child’s BILLING is shared. It exists only if the legacy system or pagoPA holds one.',
})
export class Debt {
  // Getters: lists of instalments read the status of their debts, and seldom more.
  @Field(() => ID, { description: 'Opaque and permanent.' })
  get id(): string {
    return debtId(this.record);
  }

  @Field(() => IuvScalar, { description: 'pagoPA’s payment identifier (IUV).' })
  iuv: Iuv;

  @Field(() => NumeroAvvisoScalar, { description: 'Number of its notice.' })
  numeroAvviso: NumeroAvviso;

  @Field(() => String, {
    description: '*Causale*, in Italian. Shape: `Mensa scolastica fattura 2026/731 rata 1`.',
  })
  description: string;

  @Field(() => EuroCentsScalar, { description: 'Amount to pay. Unit: euro cents.' })
  amount: EuroCents;

  @Field(() => DateScalar, { nullable: true, description: 'Due date (*scadenza*). Null if there is none.' })
  dueOn: CalendarDate | null;

  @Field(() => DebtStatusEnum, { description: 'Status.' })
  status: DebtStatus;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'While PAYMENT_IN_PROGRESS: the latest moment at which a new attempt becomes possible.',
  })
  lockedUntil: Instant | null;

  @Field(() => Receipt, {
    nullable: true,
    description:
      'The receipt. Null until one settles the debt. Of a shared debt that another person paid it shows the date only.',
  })
  get receipt(): Receipt | null {
    const { receipt, isReceiptVisible } = this.record;
    if (receipt === null) return shown(this.record, 'receipt') as null;
    return isReceiptVisible ? toReceipt(receipt, true) : toReceiptOfOther(receipt, this.id);
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
    this.dueOn = shown(record, 'dueOn');
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

/** A debt for its debtor. */
export function toDebt(record: DebtView): Debt {
  return new Debt(record);
}
