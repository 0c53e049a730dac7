import { ArgsType, Field, ID } from 'type-graphql';
import { PageArgs } from '../shared/connection.ts';
import { InvoiceFilterInput } from './invoice-filter.input.ts';

@ArgsType()
export class InvoiceListArgs extends PageArgs {
  @Field(() => InvoiceFilterInput, { nullable: true, description: 'All of them without it.' })
  filter?: InvoiceFilterInput | null;
}

@ArgsType()
export class FamilyInvoiceListArgs extends InvoiceListArgs {
  @Field(() => [ID], {
    nullable: true,
    description:
      'Of these children only; all that the caller filed for without it. Ids that are malformed, or of no child the caller may see, match nothing.',
  })
  childIds?: string[] | null;
}
