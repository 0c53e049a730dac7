import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { invoiceId } from '../shared/billing-ids.ts';
import type { RequestContext } from '../shared/request-context.ts';
import { invoiceById } from './by-id.loader.ts';
import { Instalment } from './instalment.type.ts';
import { Invoice, toInvoice } from './invoice.type.ts';

@Resolver(() => Instalment)
export class InstalmentResolver {
  @FieldResolver(() => Invoice, {
    nullable: true,
    description: 'The invoice of this instalment. Errors: LEGACY_UNAVAILABLE.',
  })
  async invoice(@Root() instalment: Instalment, @Ctx() context: RequestContext): Promise<Invoice | null> {
    if (instalment.reachedThrough !== null) return instalment.reachedThrough;
    const found = await invoiceById(context).load(invoiceId(instalment.key));
    return found === null ? null : toInvoice(found);
  }
}
