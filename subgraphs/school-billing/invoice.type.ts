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
  @Field(() => ID, { description: 'Opaque and permanent.' })
  id!: string;

  @Field(() => Int, { description: 'Year of its number. Shape: `2020`.' })
  year!: number;

  @Field(() => Int, { description: 'Unique within its year only. Shape: `684`.' })
  number!: number;

  @Field(() => DateScalar, { description: 'Day of issue. Shape: `2020-12-18`.' })
  issuedOn!: CalendarDate;

  @Field(() => BillingPeriod, {
    description: 'For example from 2020-09 to 2020-10, label `Set. 2020 - Ott. 2020`.',
  })
  period!: BillingPeriod;

  @Field(() => BillingChild, { nullable: true, description: 'The child who used the service.' })
  child!: BillingChild | null;

  @Field(() => String, {
    description: '*Nominativo*, as printed: the applicant parent to whom the invoice is addressed.',
  })
  holderName!: string;

  @Field(() => CodiceFiscaleScalar, {
    nullable: true,
    description: 'The holder’s codice fiscale, as printed. Null if the invoice has none.',
  })
  holderCodiceFiscale!: CodiceFiscale | null;

  @Field(() => EuroCentsScalar, { description: 'Sum of the instalments. Unit: euro cents.' })
  amount!: EuroCents;

  @Field(() => EuroCentsScalar, { description: 'Amount paid so far. Unit: euro cents.' })
  paid!: EuroCents;

  @Field(() => EuroCentsScalar, {
    description: '`amount` less `paid`; negative after an overpayment. Unit: euro cents.',
  })
  outstanding!: EuroCents;

  @Field(() => String, {
    nullable: true,
    description: "*Banca d'appoggio*, the bank that collects a direct debit (SDD); null for other methods.",
  })
  supportingBank!: string | null;

  key!: InvoiceKey;
  /** All invoices found together, including this one. */
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
