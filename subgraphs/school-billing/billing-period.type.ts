import { Field, ObjectType } from 'type-graphql';
import type { YearMonth } from '../../core/values/index.ts';
import { YearMonthScalar } from '../shared/scalars.ts';

@ObjectType({
  simpleResolvers: true,
  description: 'The months that an invoice bills, first and last included.',
})
export class BillingPeriod {
  @Field(() => YearMonthScalar, { description: 'First month. Shape: `2020-09`.' })
  from!: YearMonth;

  @Field(() => YearMonthScalar, { description: 'Last month. Shape: `2020-10`.' })
  to!: YearMonth;

  @Field(() => String, {
    description:
      'Always in Italian, as printed on the invoice. Shape: `Set. 2020 - Ott. 2020`; `Set. 2020` for one month.',
  })
  label!: string;
}

export function toBillingPeriod(from: YearMonth, to: YearMonth): BillingPeriod {
  const label = from === to ? monthLabel(from) : `${monthLabel(from)} - ${monthLabel(to)}`;
  return { from, to, label };
}

// [PORTAL] `Set.` and `Ott.`; [INFER] the others, by the same rule: three letters and a point.
const months = ['Gen', 'Feb', 'Mar', 'Apr', 'Mag', 'Giu', 'Lug', 'Ago', 'Set', 'Ott', 'Nov', 'Dic'] as const;

function monthLabel(month: YearMonth): string {
  const [year, number] = month.split('-');
  return `${months[Number(number) - 1]}. ${year}`;
}
