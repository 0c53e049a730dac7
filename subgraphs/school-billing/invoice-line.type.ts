import { Field, Int, ObjectType } from 'type-graphql';
import type { EuroCents } from '../../core/values/index.ts';
import { EuroCentsScalar } from '../shared/scalars.ts';

@ObjectType({ simpleResolvers: true, description: 'One line of an invoice.' })
export class InvoiceLine {
  @Field(() => String, { description: 'What is billed. Shape: `Pasti settembre 2020`.' })
  description!: string;

  @Field(() => Int, { description: 'How many. Unit: that of the description, such as meals.' })
  quantity!: number;

  @Field(() => EuroCentsScalar, { description: 'For one. Unit: euro cents.' })
  unitPrice!: EuroCents;

  @Field(() => EuroCentsScalar, {
    description: 'Of the line, as on the document: it may differ from quantity by price. Unit: euro cents.',
  })
  amount!: EuroCents;
}
