import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import {
  type CalendarDate,
  type CodiceFiscale,
  type EuroCents,
  subtractCents,
} from '../../core/values/index.ts';
import type { InvoiceKey, InvoiceRecord } from '../../legacy/ports/school-billing.port.ts';
import { invoiceId } from '../shared/billing-ids.ts';
import { CodiceFiscaleScalar, DateScalar, EuroCentsScalar } from '../shared/scalars.ts';
import { BillingPeriod, toBillingPeriod } from './billing-period.type.ts';
import { BillingChild, toBillingChild } from './child.stub.ts';

@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description:
    'A *documento contabile* for a school service: (year, number) is its key. Shown to the parent who filed the application it bills.',
})
export class Invoice {
  @Field(() => ID, { description: 'Opaque, the same for ever.' })
  id!: string;

  @Field(() => Int, { description: 'The year it is numbered in. Shape: `2020`.' })
  year!: number;

  @Field(() => Int, { description: 'Unique within its year only. Shape: `684`.' })
  number!: number;

  @Field(() => DateScalar, { description: 'Day of issue. Shape: `2020-12-18`.' })
  issuedOn!: CalendarDate;

  @Field(() => BillingPeriod, {
    description: 'For example from 2020-09 to 2020-10, label `Set. 2020 - Ott. 2020`.',
  })
  period!: BillingPeriod;

  @Field(() => BillingChild, { nullable: true, description: 'Who used the service.' })
  child!: BillingChild | null;

  @Field(() => String, {
    description: 'Nominativo as on the document: the applicant parent the invoice is made out to.',
  })
  holderName!: string;

  @Field(() => CodiceFiscaleScalar, {
    nullable: true,
    description: 'Of the holder, as on the document. Null when the document has none.',
  })
  holderCodiceFiscale!: CodiceFiscale | null;

  @Field(() => EuroCentsScalar, { description: 'Sum of its instalments. Unit: euro cents.' })
  amount!: EuroCents;

  @Field(() => EuroCentsScalar, { description: 'What was paid of it so far. Unit: euro cents.' })
  paid!: EuroCents;

  @Field(() => EuroCentsScalar, {
    description: '`amount` less `paid`; below zero when more was paid than asked for. Unit: euro cents.',
  })
  outstanding!: EuroCents;

  @Field(() => String, {
    nullable: true,
    description: "Banca d'appoggio. With direct debit (SDD) only; null otherwise.",
  })
  supportingBank!: string | null;

  key!: InvoiceKey;
  /** Of all that were found with it, itself included. */
  siblings!: readonly InvoiceKey[];
}

export function toInvoice(record: InvoiceRecord, siblings: readonly InvoiceKey[] = [record.key]): Invoice {
  const { key, issuedOn, holderName, holderCodiceFiscale, amount, paid, supportingBank } = record;
  return {
    id: invoiceId(key),
    year: key.year,
    number: key.number,
    issuedOn,
    period: toBillingPeriod(record.periodFrom, record.periodTo),
    child: toBillingChild(record.childKey),
    holderName,
    holderCodiceFiscale,
    amount,
    paid,
    outstanding: subtractCents(amount, paid),
    supportingBank,
    key,
    siblings,
  };
}
