import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { shown } from '../../core/unreadable.ts';
import { type CalendarDate, type EuroCents, type Iuv, subtractCents } from '../../core/values/index.ts';
import type {
  InstalmentKey,
  InstalmentRecord,
  InstalmentStatus,
} from '../../legacy/ports/school-billing.port.ts';
import { instalmentId } from '../shared/billing-ids.ts';
import { DateScalar, EuroCentsScalar, IuvScalar } from '../shared/scalars.ts';
import { InstalmentStatusEnum } from './instalment-status.type.ts';
import type { Invoice } from './invoice.type.ts';

@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description: "One *rata*: (year, number, rata) is its key and one row of the portal's list.",
})
export class Instalment {
  @Field(() => ID, { description: 'Opaque and permanent.' })
  id!: string;

  @Field(() => Int, { description: 'Number within the invoice, from 1.' })
  number!: number;

  @Field(() => EuroCentsScalar, { description: 'Amount due. Unit: euro cents.' })
  amount!: EuroCents;

  @Field(() => EuroCentsScalar, { description: 'Amount paid so far. Unit: euro cents.' })
  paid!: EuroCents;

  @Field(() => EuroCentsScalar, {
    description: '`amount` less `paid`; negative after an overpayment. Unit: euro cents.',
  })
  outstanding!: EuroCents;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Due date (*scadenza*). Null if not recorded.',
  })
  dueOn!: CalendarDate | null;

  @Field(() => InstalmentStatusEnum, { description: 'Status today (Europe/Rome).' })
  status!: InstalmentStatus;

  @Field(() => Boolean, {
    description:
      "The legacy system's flag *messa a ruolo*. Seen on fully paid rows; its exact meaning is unconfirmed.",
  })
  messaARuolo!: boolean;

  @Field(() => IuvScalar, {
    nullable: true,
    description: 'pagoPA’s payment identifier (IUV). Null on some valid instalments.',
  })
  iuv!: Iuv | null;

  key!: InstalmentKey;
  /** The invoice through which this instalment was reached; null if it was reached directly. */
  reachedThrough!: Invoice | null;
}

export function toInstalment(record: InstalmentRecord, reachedThrough: Invoice | null = null): Instalment {
  const { key, amount, paid, status, messaARuolo, iuv } = record;
  return {
    id: instalmentId(key),
    number: key.rata,
    amount,
    paid,
    outstanding: subtractCents(amount, paid),
    dueOn: shown(record, 'dueOn'),
    status,
    messaARuolo,
    iuv,
    key,
    reachedThrough,
  };
}
