import { Field, Int, ObjectType } from 'type-graphql';
import type { EuroCents } from '../../core/values/index.ts';
import { EuroCentsScalar } from '../shared/scalars.ts';

@ObjectType({ simpleResolvers: true, description: 'One line of an invoice.' })
export class InvoiceLine {
  @Field(() => String, { description: 'Description. Shape: `Pasti settembre 2020`.' })
  description!: string;

  @Field(() => Int, { description: 'Quantity. Unit: as in the description, such as meals.' })
  quantity!: number;

  @Field(() => EuroCentsScalar, { description: 'Price of one. Unit: euro cents.' })
  unitPrice!: EuroCents;

  @Field(() => EuroCentsScalar, {
    description: 'Amount of the line, as printed; it may differ from quantity times price. Unit: euro cents.',
  })
  amount!: EuroCents;
}
