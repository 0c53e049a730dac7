import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../shared/request-context.ts';
import { invoiceById } from './by-id.loader.ts';
import { Instalment, toInstalment } from './instalment.type.ts';
import { Invoice, toInvoice } from './invoice.type.ts';
import { InvoiceAttachment, toInvoiceAttachment } from './invoice-attachment.type.ts';
import { InvoiceLine } from './invoice-line.type.ts';
import { attachmentsOf, instalmentsOf, linesOf } from './invoice-parts.loader.ts';

@Resolver(() => Invoice)
export class InvoiceResolver {
  @Query(() => Invoice, {
    nullable: true,
    description:
      'An invoice of what the caller filed for. Null when there is no such invoice or the caller may not see it: the two cannot be told apart. Errors: LEGACY_UNAVAILABLE.',
  })
  async invoice(
    @Arg('id', () => ID, { description: "An invoice's id, as `invoices` gives it." }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Invoice | null> {
    const found = await invoiceById(context).load(id);
    return found === null ? null : toInvoice(found);
  }

  @FieldResolver(() => [InvoiceLine], {
    description: 'In the order of the document. Errors: LEGACY_UNAVAILABLE.',
  })
  lines(@Root() invoice: Invoice, @Ctx() context: RequestContext): Promise<readonly InvoiceLine[]> {
    return linesOf(context, invoice, (lines) => lines);
  }

  @FieldResolver(() => [Instalment], { description: 'Its *rate*, by number. Errors: LEGACY_UNAVAILABLE.' })
  instalments(@Root() invoice: Invoice, @Ctx() context: RequestContext): Promise<readonly Instalment[]> {
    return instalmentsOf(context, invoice, (records) =>
      records.map((record) => toInstalment(record, invoice)),
    );
  }

  @FieldResolver(() => [InvoiceAttachment], {
    description: 'Its files; two with the same description are two. Errors: LEGACY_UNAVAILABLE.',
  })
  attachments(
    @Root() invoice: Invoice,
    @Ctx() context: RequestContext,
  ): Promise<readonly InvoiceAttachment[]> {
    return attachmentsOf(context, invoice, (records) => records.map(toInvoiceAttachment));
  }
}
