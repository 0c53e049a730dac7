import { ArgsType, Field, ID } from 'type-graphql';
import { PageArgs } from '../shared/connection.ts';
import { InvoiceFilterInput } from './invoice-filter.input.ts';

@ArgsType()
export class InvoiceListArgs extends PageArgs {
  @Field(() => InvoiceFilterInput, { nullable: true, description: 'Without it, all invoices.' })
  filter?: InvoiceFilterInput | null;
}

@ArgsType()
export class FamilyInvoiceListArgs extends InvoiceListArgs {
  @Field(() => [ID], {
    nullable: true,
    description:
      'Limits the list to these children; without it, all children that the caller filed for. Ids that are malformed, or of children that the caller may not see, match nothing.',
  })
  childIds?: string[] | null;
}
