import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
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
  @Field(() => ID, { description: 'Opaque, the same for ever.' })
  id!: string;

  @Field(() => Int, { description: 'Within its invoice, from 1.' })
  number!: number;

  @Field(() => EuroCentsScalar, { description: 'What it asks for. Unit: euro cents.' })
  amount!: EuroCents;

  @Field(() => EuroCentsScalar, { description: 'What was paid of it so far. Unit: euro cents.' })
  paid!: EuroCents;

  @Field(() => EuroCentsScalar, {
    description: '`amount` less `paid`; below zero when more was paid than asked for. Unit: euro cents.',
  })
  outstanding!: EuroCents;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Last day to pay it (*scadenza*). Null when the register has none.',
  })
  dueOn!: CalendarDate | null;

  @Field(() => InstalmentStatusEnum, { description: 'How it stands today, in Europe/Rome.' })
  status!: InstalmentStatus;

  @Field(() => Boolean, {
    description:
      "The register's tick *messa a ruolo*. It is seen on fully paid rows: its exact meaning is unconfirmed.",
  })
  messaARuolo!: boolean;

  @Field(() => IuvScalar, {
    nullable: true,
    description: 'By which pagoPA knows it. May be missing on a valid instalment: then null.',
  })
  iuv!: Iuv | null;

  key!: InstalmentKey;
  /** The invoice through which it was reached; null when it was reached by itself. */
  reachedThrough!: Invoice | null;
}

export function toInstalment(record: InstalmentRecord, reachedThrough: Invoice | null = null): Instalment {
  const { key, amount, paid, dueOn, status, messaARuolo, iuv } = record;
  return {
    id: instalmentId(key),
    number: key.rata,
    amount,
    paid,
    outstanding: subtractCents(amount, paid),
    dueOn,
    status,
    messaARuolo,
    iuv,
    key,
    reachedThrough,
  };
}
